"""What a client's name, addresses, language and time zone must be like, and by what a client is found."""

import re
from collections.abc import Callable
from typing import Any, Final

from estafette.accounts import Form, email, email_key, folded, line, phone_in, time_zone
from estafette.base.languages import Language
from estafette.base.phones import national_digits
from estafette.base.visible import is_visible
from estafette.clients.models.clients import ClientFields

NAME: Final = 200
EXTERNAL_ID: Final = 100
SOURCE: Final = 200
QUERY_WORDS: Final = 6
QUERY: Final = 120
_LAST_DIGITS: Final = 4
_WORD: Final = re.compile(r"[^\W_]+")
_DIALLED: Final = re.compile(r"[\d\s()./+-]{3,}")

name = line(NAME, shortest=0)
external_id = line(EXTERNAL_ID)
source = line(SOURCE)
unused_source = line(SOURCE, shortest=0)
_query = line(QUERY, shortest=0)


def optional(rule: Callable[[str], Any]) -> Callable[[str | None], Any]:
    """A rule for what may be left out: nothing that is seen is none."""
    return lambda value: rule(value) if value is not None and is_visible(value) else None


def read_fields(form: Form, given: Any, language: Language, zone: str) -> ClientFields:
    """What is given of a client (NewClient or the like), without the attributes.

    Numbers without a country are of the client's zone or language, else of the ones given.
    """
    at = form.read("time_zone", optional(time_zone), given.time_zone)
    phone = phone_in(given.language or language, given.time_zone or zone)
    read = ClientFields(
        external_id=form.read("external_id", optional(external_id), given.external_id),
        name=form.read("name", name, given.name),
        email=form.read("email", optional(email), given.email),
        phone=form.read("phone", phone, given.phone),
        whatsapp=form.read("whatsapp", phone, given.whatsapp),
        language=given.language,
        time_zone=at,
    )
    if not form.errors and not called(read):
        form.refuse("name", "client_without_anything")
    return read


def called(client: ClientFields) -> str:
    """By what a client is called: the name, or else the first of the addresses; empty when there is nothing."""
    return client.name or client.email or client.phone or client.whatsapp or client.external_id or ""


def name_key(client: ClientFields) -> str:
    """By what clients are sorted."""
    return folded(called(client))


def words(client: ClientFields) -> str:
    """The words by which a client is found, each once, with spaces between; all fold to letters and digits."""
    found = set(_WORD.findall(folded(client.name)))
    if client.email:
        found.update(_WORD.findall(email_key(client.email)))
    if client.external_id:
        found.update(_WORD.findall(folded(client.external_id)))
    for number in {each for each in (client.phone, client.whatsapp) if each}:
        found.update((number[1:], national_digits(number), number[-_LAST_DIGITS:]))
    return " ".join(sorted(found))


def query(typed: str | None) -> tuple[str, str]:
    """The beginning of a name, folded, and the words as a tsquery, each the beginning of one; both empty: everybody.

    One letter alone is looked for at the beginning of names only. Raises Wrong.
    """
    plain = folded(_query(typed or ""))
    if _DIALLED.fullmatch(plain):
        digits = re.sub(r"\D", "", plain)
        return plain, " | ".join(f"'{each}':*" for each in sorted({digits, digits.lstrip("0")}) if len(each) > 2)
    found = [each for each in _WORD.findall(plain) if len(each) > 1][:QUERY_WORDS]
    return plain, " & ".join(f"'{each}':*" for each in found)
