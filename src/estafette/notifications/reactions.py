"""Letters of the house that follow from what happened to an account; its secrets exist in the letters alone."""

from collections.abc import Sequence

import structlog

from estafette import accounts, deliveries
from estafette.accounts import IssuedLink
from estafette.base.brief import brief
from estafette.base.changes import Change
from estafette.base.database import Transaction
from estafette.base.dates import moment_in_words
from estafette.base.errors import Problem
from estafette.base.languages import Language
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
            language = contact.language
            letter = Letter(
                language=language,
                title=texts.PASSWORD_TITLE.say(language),
                text=texts.PASSWORD_TEXT.say(language, email=contact.email),
                action=texts.LOOK.say(language),
                url=f"{self._origin}/sessions",
                after=texts.NOT_YOU.say(language),
                foot=_foot(language),
            )
            out.append(_mail(contact.email, letter, f"password:{change.stream}:{change.number}"))
        await _send(transaction, out)

    def _letter_of(self, link: IssuedLink) -> Letter:
        language = link.language
        until = moment_in_words(link.expires_at, language, link.time_zone)
        match link.purpose:
            case "password_reset":
                return Letter(
                    language=language,
                    title=texts.RESET_TITLE.say(language),
                    text=texts.RESET_TEXT.say(language, email=link.email),
                    action=texts.RESET_ACTION.say(language),
                    url=f"{self._origin}/reset-password/{link.secret}",
                    after=texts.RESET_AFTER.say(language, until=until),
                    foot=_foot(language),
                )
            case "email_confirmation":
                return Letter(
                    language=language,
                    title=texts.CONFIRM_TITLE.say(language),
                    text=texts.CONFIRM_TEXT.say(language, email=link.email),
                    action=texts.CONFIRM_ACTION.say(language),
                    url=f"{self._origin}/confirm-email/{link.secret}",
                    after=texts.CONFIRM_AFTER.say(language, until=until),
                    foot=_foot(language),
                )
            case "email_changed":
                return Letter(
                    language=language,
                    title=texts.MOVED_TITLE.say(language),
                    text=texts.MOVED_TEXT.say(language, email=link.email),
                    action=texts.LOOK.say(language),
                    url=f"{self._origin}/profile",
                    after=texts.NOT_YOU.say(language),
                    foot=_foot(language),
                )


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
