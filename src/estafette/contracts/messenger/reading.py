"""How requests are read, and how what goes wrong is said in this contract's own words and names."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Final, TypeVar
from uuid import UUID

import msgspec

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.base.errors import Conflict, FieldError, Invalid, NotFound
from estafette.contracts.messenger.errors import BadMessengerRequest, UnknownMessengerResource
from estafette.contracts.messenger.texts import WORDS

Body = TypeVar("Body")

MOST_CONTACTS: Final = 1_000
_NAMES: Final = {"name": "nameof", "people": "contacts"}
"""What this contract calls the fields of a chat."""
_SHOWN: Final = 5


def read(body: bytes, wanted: type[Body]) -> Body:
    """A body as a type; raises BadMessengerRequest, which names the first wrong field."""
    try:
        return msgspec.json.decode(body, type=wanted)
    except msgspec.ValidationError as error:
        raise BadMessengerRequest(reason=str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadMessengerRequest(reason="The body is not JSON.") from None


def read_id(text: str) -> UUID:
    """An id of a path; raises UnknownMessengerResource, since what is no id of ours names nothing that there is."""
    try:
        return UUID(text)
    except ValueError:
        raise UnknownMessengerResource from None


def read_contacts(given: Sequence[str]) -> list[UUID]:
    """The ids of contacts; raises BadMessengerRequest for what is none, and for more than 1,000."""
    if len(given) > MOST_CONTACTS:
        raise BadMessengerRequest(reason=f"contacts: are more than {MOST_CONTACTS}")
    found: list[UUID] = []
    for at, each in enumerate(given):
        try:
            found.append(UUID(each))
        except ValueError:
            raise BadMessengerRequest(reason=f"contacts[{at}]: {WORDS['not_an_employee']}") from None
    return found


def require_own(who: SignedIn, user_id: str) -> None:
    """Raises UnknownMessengerResource for the pages of anybody else, and Forbidden for who is no employee."""
    if read_id(user_id) != who.person_id:
        raise UnknownMessengerResource
    accounts.require_employee(who)


@contextmanager
def told_here() -> Generator[None]:
    """Says what goes wrong inside as this contract says it."""
    try:
        yield
    except Invalid as error:
        raise BadMessengerRequest(reason="; ".join(map(_sentence, error.fields[:_SHOWN]))) from None
    except Conflict as error:
        raise BadMessengerRequest(reason=str(error)) from None
    except NotFound:
        raise UnknownMessengerResource from None


def _sentence(wrong: FieldError) -> str:
    name, bracket, rest = wrong.field.partition("[")
    return f"{_NAMES.get(name, name)}{bracket}{rest}: {WORDS.get(wrong.code, wrong.code).format_map(wrong.values)}"
