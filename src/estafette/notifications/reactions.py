"""Letters of the house that follow from what happened to an account; its secrets exist in the letters alone."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import structlog

from estafette import accounts, deliveries
from estafette.accounts import IssuedLink
from estafette.base.brief import brief
from estafette.base.changes import Change
from estafette.base.database import Transaction
from estafette.base.dates import moment_in_words
from estafette.base.errors import Problem
from estafette.base.languages import Language, Sentence
from estafette.deliveries import NewDelivery, Options
from estafette.notifications import texts
from estafette.notifications.letters import Letter, as_html, as_text
from estafette.notifications.models.house import HOUSE, SENDER_NAME
from estafette.notifications.store import steps

_log = structlog.get_logger(__name__)


async def wake(transaction: Transaction, changes: Sequence[Change]) -> None:
    """Somebody's zone may be another one: what waits for the end of quiet hours there is looked at anew."""
    await steps.wake(transaction, list({change.subject for change in changes}))


class Letters:
    """Writes them, with links to the address that people use."""

    def __init__(self, origin: str) -> None:
        self._origin = origin

    async def mail_links(self, transaction: Transaction, changes: Sequence[Change]) -> None:
        """Somebody wants a new password, has an address to confirm, or has left one: the link, made now, is mailed."""
        out: list[NewDelivery] = []
        for change in changes:
            link = await accounts.issue_link(transaction, change.subject)
            if link is not None:
                out.append(_mail(link.email, self._letter_of(link), str(change.subject)))
        await _send(transaction, out)

    async def mail_password_changed(self, transaction: Transaction, changes: Sequence[Change]) -> None:
        """Whoever changed a password: its owner hears of it."""
        people = await accounts.contacts(transaction, list({change.subject for change in changes}))
        out: list[NewDelivery] = []
        for change in changes:
            contact = people.get(change.subject)
            if contact is None:
                continue
            letter = self._letter(_PASSWORD_CHANGED, contact.language, contact.email)
            out.append(_mail(contact.email, letter, f"password:{change.stream}:{change.number}"))
        await _send(transaction, out)

    def _letter_of(self, link: IssuedLink) -> Letter:
        until = moment_in_words(link.expires_at, link.language, link.time_zone)
        return self._letter(_OF_LINKS[link.purpose], link.language, link.email, secret=link.secret or "", until=until)

    def _letter(self, words: "_Words", language: Language, email: str, *, secret: str = "", until: str = "") -> Letter:
        return Letter(
            language=language,
            title=words.title.say(language),
            text=words.text.say(language, email=email),
            action=words.action.say(language),
            url=f"{self._origin}{words.path.format(secret=secret)}",
            after=words.after.say(language, until=until),
            foot=_foot(language),
        )


class _Words(NamedTuple):
    """What a letter about an account says, and the page that it leads to."""

    title: Sentence
    text: Sentence
    action: Sentence
    path: str
    after: Sentence


_PASSWORD_CHANGED: Final = _Words(texts.PASSWORD_TITLE, texts.PASSWORD_TEXT, texts.LOOK, "/sessions", texts.NOT_YOU)
_OF_LINKS: Final[dict[str, _Words]] = {
    "password_reset": _Words(
        texts.RESET_TITLE, texts.RESET_TEXT, texts.RESET_ACTION, "/reset-password/{secret}", texts.RESET_AFTER
    ),
    "email_confirmation": _Words(
        texts.CONFIRM_TITLE, texts.CONFIRM_TEXT, texts.CONFIRM_ACTION, "/confirm-email/{secret}", texts.CONFIRM_AFTER
    ),
    "email_changed": _Words(texts.MOVED_TITLE, texts.MOVED_TEXT, texts.LOOK, "/profile", texts.NOT_YOU),
}


def _foot(language: Language) -> tuple[tuple[str, str | None], ...]:
    return ((texts.WHY.say(language), None),)


def _mail(recipient: str, letter: Letter, key: str) -> NewDelivery:
    return NewDelivery(
        owner_id=HOUSE,
        channel="email",
        sender="",
        recipient=deliveries.mailbox(recipient) or recipient,
        subject=brief(letter.title, 200),
        text=as_text(letter),
        html=as_html(letter),
        options=Options(sender_name=SENDER_NAME),
        # Somebody sits there and waits for it.
        urgency=0,
        key=f"account:{key}",
    )


async def _send(transaction: Transaction, out: Sequence[NewDelivery]) -> None:
    for outcome in await deliveries.enqueue(transaction, out) if out else ():
        if isinstance(outcome, Problem):
            _log.warning("a letter cannot be sent", reason=outcome.code)
