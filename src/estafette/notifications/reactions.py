"""Letters of the server itself that follow from what happened to an account; its secrets exist in the letters alone."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import structlog

from estafette import accounts, deliveries
from estafette.accounts import IssuedInvitation, IssuedLink
from estafette.base.brief import brief
from estafette.base.changes import Change
from estafette.base.database import Transaction
from estafette.base.dates import moment_in_words
from estafette.base.errors import Problem
from estafette.base.languages import Language, Sentence
from estafette.base.mailboxes import mailbox
from estafette.deliveries import NewDelivery, Options
from estafette.notifications import texts
from estafette.notifications.letters import Letter, as_html, as_text
from estafette.notifications.models.system_owner import SENDER_NAME, SYSTEM_OWNER
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

    async def mail_invitations(self, transaction: Transaction, changes: Sequence[Change]) -> None:
        """Somebody is invited: the link, made now, is mailed.

        Where nothing carries e-mail the invitation stays as one that was not mailed, and its list says so: a letter
        that fails somewhere in an outbox would be missed by nobody.
        """
        if not await deliveries.carries(transaction, "email"):
            return
        out: list[NewDelivery] = []
        for change in changes:
            invitation = await accounts.issue_invitation(transaction, change.subject)
            if invitation is not None:
                out.append(_mail(invitation.email, self._letter_of_invitation(invitation), f"invited:{change.subject}"))
        await _send(transaction, out)

    async def mail_password_changed(self, transaction: Transaction, changes: Sequence[Change]) -> None:
        """Whoever changed a password: its owner is told."""
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

    def _letter_of_invitation(self, invitation: IssuedInvitation) -> Letter:
        language, partner = invitation.language, invitation.partner or ""
        words = _TO_WHAT.get(invitation.role, _INVITED)
        until = moment_in_words(invitation.expires_at, language, invitation.time_zone)
        return Letter(
            language=language,
            title=words.title.say(language, inviter=invitation.inviter, partner=partner),
            text=words.text.say(language, email=invitation.email, partner=partner),
            action=words.action.say(language),
            url=f"{self._origin}{words.path.format(secret=invitation.secret)}",
            after=words.after.say(language, until=until),
            foot=((texts.WHY_INVITED.say(language), None),),
        )

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
_INVITED: Final = _Words(
    texts.INVITED_TITLE, texts.INVITED_TEXT, texts.INVITED_ACTION, "/invitation/{secret}", texts.INVITED_AFTER
)
_INVITED_TO_ADMINISTRATE: Final = _INVITED._replace(
    title=texts.INVITED_TO_ADMINISTRATE_TITLE, text=texts.INVITED_TO_ADMINISTRATE_TEXT
)
_TO_WHAT: Final[dict[str, _Words]] = {
    "administrator": _INVITED_TO_ADMINISTRATE,
    "employee": _INVITED._replace(title=texts.INVITED_TO_WORK_TITLE, text=texts.INVITED_TO_WORK_TEXT),
}
_OF_LINKS: Final[dict[str, _Words]] = {
    "password_reset": _Words(
        texts.RESET_TITLE, texts.RESET_TEXT, texts.RESET_ACTION, "/reset-password/{secret}", texts.RESET_AFTER
    ),
    "email_confirmation": _Words(
        texts.CONFIRM_TITLE, texts.CONFIRM_TEXT, texts.CONFIRM_ACTION, "/confirm-email/{secret}", texts.CONFIRM_AFTER
    ),
    "email_change": _Words(
        texts.MOVING_TITLE, texts.MOVING_TEXT, texts.CONFIRM_ACTION, "/confirm-email/{secret}", texts.CONFIRM_AFTER
    ),
    "email_change_stop": _Words(
        texts.STOP_TITLE, texts.STOP_TEXT, texts.STOP_ACTION, "/keep-email/{secret}", texts.STOP_AFTER
    ),
    "email_change_undo": _Words(
        texts.MOVED_TITLE, texts.MOVED_TEXT, texts.STOP_ACTION, "/keep-email/{secret}", texts.STOP_AFTER
    ),
    "email_changed": _Words(texts.MOVED_TITLE, texts.MOVED_TEXT, texts.LOOK, "/profile", texts.NOT_YOU),
}


def _foot(language: Language) -> tuple[tuple[str, str | None], ...]:
    return ((texts.WHY.say(language), None),)


def _mail(recipient: str, letter: Letter, key: str) -> NewDelivery:
    return NewDelivery(
        owner_id=SYSTEM_OWNER,
        channel="email",
        sender="",
        recipient=mailbox(recipient) or recipient,
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
