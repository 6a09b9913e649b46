"""What arrives in a mailbox: read by a real mail server, good as text and as HTML, harmless whatever people wrote."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

from msgspec.structs import replace

from estafette import deliveries
from estafette.base.vault import Vault
from estafette.deliveries import GatewayInput, TransportEnvironment
from estafette.main.renderers import RENDERERS
from estafette.notifications.actions.audiences import audience_of
from estafette.notifications.actions.due_steps import run_due_steps
from estafette.notifications.actions.settings import settings_of
from tests.deliveries.smtp.servers import Mailbox, server
from tests.notifications.people import bell, choose, wait
from tests.waiting import eventually
from tests.world import RENDER_CONTEXT, World

VAULT = Vault(bytes(32))
SENDER = "estafette@house.example"


@asynccontextmanager
async def mailing(world: World, mailbox: Mailbox, folder: Path) -> AsyncGenerator[None, None]:
    """A worker that carries what waits to a mail server."""
    async with server(mailbox) as port:
        gateway = GatewayInput(
            name="Mail",
            transport="smtp",
            channels=["email"],
            settings={"host": "127.0.0.1", "port": port, "security": "none", "sender": SENDER},
        )
        await deliveries.make_gateway(world.database, VAULT, gateway)
        stop = asyncio.Event()
        environment = TransportEnvironment(public_url=RENDER_CONTEXT.origin, data=folder, private_addresses=True)
        task = asyncio.create_task(deliveries.run_dispatch(world.database, VAULT, environment, stop))
        try:
            yield
        finally:
            stop.set()
            await task


async def until(mailbox: Mailbox, count: int) -> list[EmailMessage]:
    await eventually(lambda: len(mailbox.arrived) >= count)
    return mailbox.letters


def part(letter: EmailMessage, kind: str) -> str:
    found = letter.get_body((kind,))
    assert found is not None
    return found.get_content()


async def test_a_letter_arrives_with_all_that_mail_programs_ask_for(world: World, tmp_path: Path) -> None:
    mailbox = Mailbox()
    await choose(world, world.denis, ("message", "email", False, 120))
    text = "Où est le <script>alert(1)</script> jardin ?\n& les *roses*"
    place = (await world.write(world.ann, world.chateau, text)).conversation.id
    await world.react()
    async with mailing(world, mailbox, tmp_path):
        world.database.clock.move(timedelta(minutes=6))
        secure = replace(RENDER_CONTEXT, origin="https://talk.example")
        assert await run_due_steps(world.database, RENDERERS, secure) >= 1
        [letter] = await until(mailbox, 1)
    assert mailbox.recipients == ["claire@example.com"]
    assert letter["Subject"] == "Ann wrote to Château de Vaux-le-Vicomte"
    assert letter["From"] == f"Estafette <{SENDER}>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"].startswith("<https://talk.example/api/v1/unsubscribe/")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain, html = part(letter, "plain"), part(letter, "html")
    assert "> Où est le <script>alert(1)</script> jardin ?" in plain.splitlines()
    assert f"https://talk.example/inbox/{world.chateau}/{place}" in plain
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; jardin ?<br>&amp; les *roses*" in html
    assert f'href="https://talk.example/inbox/{world.chateau}/{place}"' in html
    assert "http" not in html.replace("https://talk.example/", ""), "nothing is fetched from anywhere"


async def test_letters_about_one_conversation_are_one_thread(world: World, tmp_path: Path) -> None:
    mailbox = Mailbox()
    await choose(world, world.denis, ("message", "email", False, 120))
    place = (await world.write(world.ann, world.chateau, "Is the garden open?")).conversation.id
    await world.write(world.ben, world.chateau, "Something else")
    async with mailing(world, mailbox, tmp_path):
        await world.react()
        world.database.clock.move(timedelta(minutes=6))
        await run_due_steps(world.database, RENDERERS, RENDER_CONTEXT)
        await until(mailbox, 2)
        for text in ("On Sunday, too?", "And on Monday?"):
            await world.say(world.ann, place, text)
        await world.react()
        world.database.clock.move(timedelta(hours=6))
        await run_due_steps(world.database, RENDERERS, RENDER_CONTEXT)
        letters = await until(mailbox, 3)
    anns = [each for each in letters if "Ann" in each["Subject"]]
    assert len(anns) == 2
    for same in ("Subject", "References", "In-Reply-To"):
        assert anns[0][same] == anns[1][same]
    assert len({each["Message-ID"] for each in letters}) == 3
    assert len({each["References"] for each in letters}) == 2
    assert place.hex not in anns[0]["References"].replace("-", "")


async def test_a_mailbox_that_does_not_exist_is_not_written_to_again_and_the_partner_is_warned(
    world: World, tmp_path: Path
) -> None:
    mailbox = Mailbox(rcpt=["550 5.1.1 no such user here"])
    await choose(world, world.denis, ("message", "email", False, 120), ("contact_request", "email", False, 0))
    await world.write(world.ann, world.chateau, "Hello")
    await world.react()
    assert (await audience_of(world.database, world.claire, world.chateau)).warning == "no_mail_gateway"
    async with mailing(world, mailbox, tmp_path):
        assert (await audience_of(world.database, world.claire, world.chateau)).warning is None
        await wait(world, minutes=6)
        await eventually(lambda: is_suppressed(world))
        assert (await audience_of(world.database, world.claire, world.chateau)).warning == "no_channel"
        await world.write(world.ben, world.chateau, "Hello")
        await world.react()
        await wait(world, minutes=6)
    assert mailbox.arrived == []
    assert len(await bell(world, world.claire)) == 2, "nothing is lost"
    outcomes = await world.database.fetch(
        "SELECT outcome FROM notification_taken_steps WHERE channel = 'email' ORDER BY at"
    )
    assert [row["outcome"] for row in outcomes] == ["sent", "suppressed"]


async def is_suppressed(world: World) -> bool:
    reach = (await settings_of(world.database, world.claire)).reach
    return next(each.state for each in reach if each.channel == "email") == "suppressed"
