"""What clients of the demo wrote back: in words, with a word such as STOP, by a program; and somebody unknown."""

from datetime import time
from typing import Final
from uuid import UUID

from estafette import clients, communications, deliveries
from estafette.clients import Channel, Client
from estafette.deliveries import InboundMessage
from estafette.main.demo.desk import Desk
from estafette.main.demo.register import NUMBER

_GATEWAY: Final = UUID(int=0xDE40)  # nothing arrives through a folder
_SAID: Final = (
    (2, time(9, 20), "Thank you! Are you open on the first of January, too?"),
    (2, time(11, 5), "Super, à lundi !"),
    (1, time(18, 40), "Vocês têm estacionamento para bicicletas?"),
    (0, time(0, 10), "А можно прийти с собакой? Она маленькая и очень вежливая."),
)
_STRANGER: Final = "Who is this? I think you have the wrong number."
_AWAY: Final = "I am out of the office until Monday and will read your message then."


async def answer_communications(desk: Desk, hours: UUID) -> None:
    """Answers to the opening hours, by the ways by which they were told."""
    texted = await _some(desk, await desk.reached(hours, "DELIVERED"), len(_SAID))
    for client, (days, at, text) in zip(texted, _SAID, strict=False):
        desk.past.set_clock(desk.at(days, at))
        await _write(desk, "sms", client.phone, text)
    desk.past.set_clock(desk.at(2, time(9, 30)))
    await _write(desk, "sms", "+447700900199", _STRANGER)
    page = await communications.list_recipients(desk.database, desk.who, hours, "email", "SENT", None, NUMBER)
    mailed = await _some(desk, [each.client_id for each in page.items], 2)
    for client, text in zip(mailed, (_AWAY, "STOP"), strict=False):
        await _write(desk, "email", client.email, text, automatic=text == _AWAY)
    desk.past.set_clock(desk.now)


async def _some(desk: Desk, ids: list[UUID], number: int) -> list[Client]:
    found = [await clients.find_client(desk.database, each) for each in ids[:number]]
    return [each for each in found if each is not None]


async def _write(desk: Desk, channel: Channel, sender: str | None, text: str, *, automatic: bool = False) -> None:
    message = InboundMessage(
        body=text.encode(),
        channel=channel,
        sender=sender or "",
        recipient="talk@example.com" if channel == "email" else "36111",
        subject="Re: New opening hours" if channel == "email" else None,
        text=text,
        provider_id=text,
        automatic=automatic,
    )
    await deliveries.Inbox(desk.database).hand_in(_GATEWAY, [message])
