"""How a story is told by each way out of the house: as a letter, a push message, a text message."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec

from estafette import deliveries
from estafette.accounts import Contact
from estafette.base.brief import brief
from estafette.base.dates import moment_in_words
from estafette.base.vault import Vault
from estafette.deliveries import NewDelivery, Options
from estafette.notifications import texts
from estafette.notifications.letters import Letter, Passage, as_html, as_text
from estafette.notifications.models.house import HOUSE, SENDER_NAME
from estafette.notifications.models.stories import Story
from estafette.notifications.rules.unsubscribing import unsubscribe_token
from estafette.notifications.store.steps import Step

SUBJECT: Final = 200
PUSH_TITLE: Final = 110
PUSH_TEXT: Final = 300
TEXT_MESSAGE: Final = 300


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """What writing needs beside the story: the address that people use, and the key that seals links."""

    origin: str
    vault: Vault


def deliveries_of(
    desk: Desk, step: Step, story: Story, contact: Contact, browsers: Sequence[UUID]
) -> list[NewDelivery]:
    """What goes out for a step: one letter, one text message, or one push message for each browser."""
    url = f"{desk.origin}{story.path}"
    match step.channel:
        case "email":
            return [_mail(desk, step, story, contact, url)]
        case "sms":
            # A space that does not break is no character of GSM 03.38 and would halve what fits into a text message.
            title = brief(story.title, TEXT_MESSAGE).replace("\N{NO-BREAK SPACE}", " ")
            text = texts.BY_PHONE.say(contact.language, title=title, url=url)
            return [
                NewDelivery(
                    owner_id=HOUSE, channel="sms", sender="", recipient=contact.phone or "", text=text, key=_key(step)
                )
            ]
        case "push":
            return [_push(step, story, browser) for browser in browsers]


def _mail(desk: Desk, step: Step, story: Story, contact: Contact, url: str) -> NewDelivery:
    language = contact.language
    token = unsubscribe_token(desk.vault, contact.id, step.kind)
    letter = Letter(
        language=language,
        title=story.title,
        text="" if story.lines else story.text,
        place=story.place,
        passages=tuple(
            Passage(
                head=texts.SAID_AT.say(
                    language, who=line.who, at=moment_in_words(line.at, language, contact.time_zone)
                ),
                text=line.text,
            )
            for line in story.lines
        ),
        facts=tuple((fact.label, fact.value) for fact in story.facts),
        action=story.action,
        url=url,
        foot=(
            (texts.WHY.say(language), None),
            (texts.CHOOSE.say(language), f"{desk.origin}/notification-settings"),
            (texts.STOP.say(language), f"{desk.origin}/unsubscribe/{token}"),
        ),
    )
    one_click = f"{desk.origin}/api/v1/unsubscribe/{token}" if desk.origin.startswith("https://") else None
    return NewDelivery(
        owner_id=HOUSE,
        channel="email",
        sender="",
        recipient=deliveries.mailbox(contact.email) or contact.email,
        subject=brief(story.title, SUBJECT),
        text=as_text(letter),
        html=as_html(letter),
        options=Options(
            sender_name=SENDER_NAME, reply_to=deliveries.mailbox(story.reply_to or ""), unsubscribe_url=one_click
        ),
        key=_key(step),
    )


def _push(step: Step, story: Story, browser: UUID) -> NewDelivery:
    return NewDelivery(
        owner_id=HOUSE,
        channel="push",
        sender="",
        recipient=str(browser),
        subject=brief(story.title, PUSH_TITLE),
        text=brief(story.text or story.title, PUSH_TEXT),
        # What is newer about the same thing takes the place of what was not delivered yet.
        options=Options(topic=step.topic_id.hex, url=story.path),
        urgency=0 if step.urgent else 1,
        key=f"{_key(step)}:{browser}",
    )


def _key(step: Step) -> str:
    return f"{step.id}:{step.channel}:{step.tellings + 1}"
