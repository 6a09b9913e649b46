"""How a content goes out by each channel: as a letter, a push message, a text message."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec

from estafette.accounts import Contact
from estafette.base.brief import brief
from estafette.base.dates import moment_in_words
from estafette.base.mailboxes import mailbox
from estafette.base.vault import Vault
from estafette.deliveries import NewDelivery, Options
from estafette.notifications import texts
from estafette.notifications.letters import Letter, Passage, as_html, as_text
from estafette.notifications.models.contents import Content
from estafette.notifications.models.system_owner import SENDER_NAME, SYSTEM_OWNER
from estafette.notifications.rules.unsubscribing import unsubscribe_token
from estafette.notifications.store.steps import Step

SUBJECT: Final = 200
PUSH_TITLE: Final = 110
PUSH_TEXT: Final = 300
TEXT_MESSAGE: Final = 300


class RenderContext(msgspec.Struct, frozen=True, kw_only=True):
    """What writing needs beside the content: the address that people use, and the key that seals links."""

    origin: str
    vault: Vault


def deliveries_of(
    context: RenderContext, step: Step, content: Content, contact: Contact, browsers: Sequence[UUID]
) -> list[NewDelivery]:
    """What goes out for a step: one letter, one text message, or one push message for each browser."""
    url = f"{context.origin}{content.path}"
    match step.channel:
        case "email":
            return [_mail(context, step, content, contact, url)]
        case "sms":
            # A space that does not break is no character of GSM 03.38 and would halve what fits into a text message.
            title = brief(content.title, TEXT_MESSAGE).replace("\N{NO-BREAK SPACE}", " ")
            text = texts.BY_PHONE.say(contact.language, title=title, url=url)
            return [
                NewDelivery(
                    owner_id=SYSTEM_OWNER,
                    channel="sms",
                    sender="",
                    recipient=contact.phone or "",
                    text=text,
                    key=_key(step),
                )
            ]
        case "whatsapp":
            text = texts.BY_PHONE.say(contact.language, title=brief(content.title, TEXT_MESSAGE), url=url)
            return [
                NewDelivery(
                    owner_id=SYSTEM_OWNER,
                    channel="whatsapp",
                    sender="",
                    recipient=contact.phone or "",
                    text=text,
                    # Whoever has not written to us today gets it in the template that the gateway has for notices.
                    options=Options(notice=True, template_language=contact.language),
                    key=_key(step),
                )
            ]
        case "push":
            return [_push(step, content, browser) for browser in browsers]


def _mail(context: RenderContext, step: Step, content: Content, contact: Contact, url: str) -> NewDelivery:
    language = contact.language
    token = unsubscribe_token(context.vault, contact.id, step.kind)
    letter = Letter(
        language=language,
        title=content.title,
        text="" if content.lines else content.text,
        place=content.place,
        passages=tuple(
            Passage(
                head=texts.SAID_AT.say(
                    language, who=line.who, at=moment_in_words(line.at, language, contact.time_zone)
                ),
                text=line.text,
            )
            for line in content.lines
        ),
        facts=tuple((fact.label, fact.value) for fact in content.facts),
        action=content.action,
        url=url,
        foot=(
            (texts.WHY.say(language), None),
            (texts.CHOOSE.say(language), f"{context.origin}/notification-settings"),
            (texts.STOP.say(language), f"{context.origin}/unsubscribe/{token}"),
        ),
    )
    one_click = f"{context.origin}/api/v1/unsubscribe/{token}" if context.origin.startswith("https://") else None
    return NewDelivery(
        owner_id=SYSTEM_OWNER,
        channel="email",
        sender="",
        recipient=mailbox(contact.email) or contact.email,
        subject=brief(content.subject or content.title, SUBJECT),
        text=as_text(letter),
        html=as_html(letter),
        options=Options(
            sender_name=SENDER_NAME,
            reply_to=mailbox(content.reply_to or ""),
            unsubscribe_url=one_click,
            thread=step.topic_id,
        ),
        key=_key(step),
    )


def _push(step: Step, content: Content, browser: UUID) -> NewDelivery:
    return NewDelivery(
        owner_id=SYSTEM_OWNER,
        channel="push",
        sender="",
        recipient=str(browser),
        subject=brief(content.title, PUSH_TITLE),
        text=brief(content.text or content.title, PUSH_TEXT),
        # What is newer about the same thing takes the place of what was not delivered yet.
        options=Options(topic=step.topic_id.hex, url=content.path),
        urgency=0 if step.urgent else 1,
        key=f"{_key(step)}:{browser}",
    )


def _key(step: Step) -> str:
    return f"{step.id}:{step.channel}:{step.times_taken + 1}"
