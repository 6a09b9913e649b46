"""What a document system may be, and who registers one."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from msgspec import UNSET

from estafette.accounts import SignedIn, Wrong, line
from estafette.base.errors import FieldError, Forbidden, Invalid
from estafette.base.outgoing import OutgoingRefused, check_url
from estafette.documents.models.systems import NewSystem, SystemChanges, SystemRow
from estafette.documents.rules.patterns import Pattern, origin_of, read_pattern

SYSTEMS: Final = 20
NAME: Final = 80
PATTERNS: Final = 10
CONNECTOR: Final = 1_000
CREDENTIAL: Final = 1_000

Given = TypeVar("Given")
Read = TypeVar("Read")


def require_administrator(who: SignedIn) -> None:
    """Raises Forbidden for all others."""
    if not who.administrates:
        raise Forbidden


def check_new(given: NewSystem, others: Iterable[SystemRow], *, private_addresses: bool) -> NewSystem:
    """A system to be registered, each field in order; raises Invalid."""
    changes = SystemChanges(
        name=given.name, patterns=given.patterns, connector=given.connector, credential=given.credential
    )
    return check_changes(None, changes, others, private_addresses=private_addresses)


def check_changes(
    old: SystemRow | None, given: SystemChanges, others: Iterable[SystemRow], *, private_addresses: bool
) -> NewSystem:
    """What a system becomes, with an empty credential where it stays; raises Invalid with all that is wrong.

    A connector elsewhere needs the credential anew: what is never shown must not be sent where somebody likes.
    """
    wrong: list[FieldError] = []

    def read(field: str, rule: Callable[[Given], Read], value: Given) -> Read | None:
        try:
            return rule(value)
        except Wrong as error:
            wrong.append(FieldError(field, error.code, error.values))
            return None

    taken = {read_pattern(each) for other in others for each in other.patterns}
    name, patterns, connector, credential = given.name, given.patterns, given.connector, given.credential
    checked = NewSystem(
        name=old.name if name is UNSET and old else read("name", line(NAME), name or "") or "",
        patterns=(
            old.patterns
            if patterns is UNSET and old
            else read("patterns", lambda value: _patterns(value, taken), patterns or []) or []
        ),
        connector=(
            old.connector
            if connector is UNSET and old
            else read(
                "connector", lambda value: _connector(value, private_addresses=private_addresses), connector or ""
            )
            or ""
        ),
        credential="" if credential is UNSET and old else read("credential", _credential, credential or "") or "",
    )
    moved = old is not None and checked.connector and origin_of(checked.connector) != origin_of(old.connector)
    if moved and credential is UNSET:
        wrong.append(FieldError("credential", "credential_needed"))
    if wrong:
        raise Invalid(*wrong)
    return checked


def _patterns(given: Sequence[str], taken: set[Pattern]) -> list[str]:
    patterns = [*dict.fromkeys(each.strip() for each in given if each.strip())]
    if not patterns:
        raise Wrong("required")
    if len(patterns) > PATTERNS:
        raise Wrong("too_many", max=PATTERNS)
    if any(read_pattern(each) in taken for each in patterns):
        raise Wrong("document_pattern_taken")
    return patterns


def _connector(given: str, *, private_addresses: bool) -> str:
    url = given.strip().rstrip("/")
    if not url:
        raise Wrong("required")
    if len(url) > CONNECTOR:
        raise Wrong("too_long", max=CONNECTOR)
    try:
        check_url(url, private_addresses=private_addresses)
    except OutgoingRefused:
        raise Wrong("document_connector_invalid") from None
    if "?" in url or "#" in url:
        raise Wrong("document_connector_invalid")
    return url


def _credential(given: str) -> str:
    credential = given.strip()
    if not credential:
        raise Wrong("required")
    if len(credential) > CREDENTIAL:
        raise Wrong("too_long", max=CREDENTIAL)
    # It travels in a header.
    if not credential.isascii() or not credential.isprintable() or " " in credential:
        raise Wrong("document_credential_invalid")
    return credential
