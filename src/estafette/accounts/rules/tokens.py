"""What a bearer token may be called, may do and how long."""

from collections.abc import Sequence
from typing import Final

from estafette.accounts.models.people import SCOPES, Scope, SignedIn
from estafette.accounts.rules.forms import Form, Wrong
from estafette.accounts.rules.words import line

DAYS: Final = 3650

name = line(120)


def scopes(given: Sequence[Scope]) -> list[Scope]:
    """Each scope once; a token that may do nothing is refused."""
    if not given:
        raise Wrong("required")
    return [scope for scope in SCOPES if scope in given]


def days(given: int | None) -> int | None:
    """1 to 3,650 days, or none for a token without end."""
    if given is not None and not 1 <= given <= DAYS:
        raise Wrong("out_of_range", min=1, max=DAYS)
    return given


def check_scopes(form: Form, who: SignedIn, wanted: Sequence[Scope]) -> None:
    """Notes a scope that the maker does not have himself."""
    own = who.scopes if "administrator" in who.roles else who.scopes - {"admin"}
    if not own.issuperset(wanted):
        form.refuse("scopes", "scope_not_yours")
