"""What a webhook may be."""

from collections.abc import Sequence
from typing import Final

from estafette.accounts import SignedIn
from estafette.base.errors import Forbidden, invalid
from estafette.base.outgoing import OutgoingRefused, check_url
from estafette.webhooks.models import EVENTS, Event

WEBHOOKS: Final = 20
URL_CHARACTERS: Final = 2_000


def require_program(who: SignedIn) -> None:
    """Service accounts and administrators have webhooks; raises Forbidden for all others."""
    if who.roles.isdisjoint({"service", "administrator"}):
        raise Forbidden


def url(value: str, *, private_addresses: bool) -> str:
    """An address that may be called, as far as one can see before it is looked up; raises Invalid."""
    if len(value) > URL_CHARACTERS:
        raise invalid("url", "too_long", max=URL_CHARACTERS)
    try:
        check_url(value, private_addresses=private_addresses)
    except OutgoingRefused:
        raise invalid("url", "webhook_url_invalid") from None
    return value


def events(given: Sequence[Event]) -> list[Event]:
    """Each event once; raises Invalid for none."""
    if not given:
        raise invalid("events", "required")
    return [each for each in EVENTS if each in given]
