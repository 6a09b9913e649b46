"""Mailboxes are read once, by one worker, from where it was left."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from estafette import deliveries
from estafette.deliveries import NewDelivery
from estafette.deliveries.actions import reading_mailboxes
from tests.deliveries import ANN
from tests.deliveries.engine import Engine
from tests.deliveries.smtp.incoming.conftest import reader
from tests.deliveries.smtp.incoming.imap import ImapServer
from tests.deliveries.smtp.incoming.letters import OURS, answer, complaint, notification

MAIL = NewDelivery(owner_id=ANN, channel="email", sender="", recipient="Ann@example.org", text="x", subject="s")


async def put(imap: ImapServer, *letters: bytes) -> None:
    await asyncio.to_thread(imap.put, *letters)


async def read(mail: Engine) -> None:
    mail.database.clock.move(timedelta(minutes=1))
    assert await reader(mail.database).read_due()


async def received(mail: Engine) -> list[tuple[Any, ...]]:
    rows = await mail.database.fetch("SELECT sender, text, automatic, delivery_id FROM inbound_messages ORDER BY id")
    return [tuple(row) for row in rows]


async def suppressed(mail: Engine) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await mail.database.fetch("SELECT channel, recipient, reason FROM suppressions")]


async def test_answers_and_bounces_meet_what_they_speak_of(mail: Engine, imap: ImapServer) -> None:
    made = await mail.sent(OURS, new=MAIL)
    await put(imap, answer("Yes"), answer("Away", fields="Auto-Submitted: auto-replied\nMessage-ID: <b@x>\n"))
    await read(mail)
    assert ("ann@example.org", "Yes", False, made.id) in await received(mail)
    assert (await mail.find(made.id)).status == "SENT"
    await put(imap, notification("delayed", "4.4.1"))
    await read(mail)
    assert (await mail.find(made.id)).status == "SENT"
    await put(imap, notification())
    await read(mail)
    assert (await mail.changes(made.id))[-1] == ("OPERATOR_ERROR", "bad_destination")
    assert await suppressed(mail) == [("email", "ann@example.org", "bad_destination")]
    assert await asyncio.to_thread(imap.flags) == []
    assert await asyncio.to_thread(imap.flags, "Done") == [("\\Seen",)] * 4


async def test_whoever_complains_is_not_written_to_again_and_got_the_letter(mail: Engine, imap: ImapServer) -> None:
    made = await mail.sent(OURS, new=MAIL)
    await put(imap, complaint("not-spam"), complaint())
    await read(mail)
    assert (await mail.find(made.id)).status == "SENT"
    assert await suppressed(mail) == [("email", "ann@example.org", "complained")]


async def test_each_letter_is_handled_once_whoever_reads_and_wherever_one_stops(
    mail: Engine, imap: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("estafette.deliveries.transports.smtp.incoming.mailbox.LETTERS", 2)
    await put(
        imap,
        *(answer(f"Answer {n}", fields=f"Message-ID: <{n}@x>\n").replace(b"<abc@", b"<%d@" % n, 1) for n in range(5)),
    )
    store = reading_mailboxes.store
    moves, move = 0, store.move

    async def dies(*given: Any) -> None:
        nonlocal moves
        moves += 1
        if moves == 2:
            raise ConnectionResetError
        await move(*given)

    monkeypatch.setattr(store, "move", dies)
    mail.database.clock.move(timedelta(minutes=1))
    with pytest.raises(ConnectionResetError):
        await reader(mail.database).read_due()
    assert len(await received(mail)) == 2
    assert not await reader(mail.database).read_due(), "it is leased still"
    mail.database.clock.move(timedelta(minutes=11))
    assert sorted(await asyncio.gather(*(reader(mail.database).read_due() for _ in range(3)))) == [False, False, True]
    assert [row[1] for row in await received(mail)] == [f"Answer {n}" for n in range(5)]
    await read(mail)
    assert len(await received(mail)) == 5


async def test_numbers_that_begin_anew_tell_nothing_twice(mail: Engine, imap: ImapServer) -> None:
    await put(imap, answer("Yes"))
    await read(mail)
    await mail.database.execute("UPDATE mailboxes SET uid_validity = 1, uid = 1000000")
    await put(imap, answer("Yes"), answer("No").replace(b"<abc@", b"<abd@", 1))
    await read(mail)
    assert [row[1] for row in await received(mail)] == ["Yes", "No"]


async def test_a_mailbox_that_lets_nobody_in_says_so_and_is_tried_later(mail: Engine, imap: ImapServer) -> None:
    await mail.database.execute("UPDATE gateways SET credentials = NULL")
    await read(mail)
    row = await mail.database.fetchrow(
        "SELECT fault, error, look_at > $1 AS later FROM mailboxes", mail.database.clock.now()
    )
    assert row is not None
    assert (row["fault"], row["later"]) == ("sign_in", True)
    assert not await reader(mail.database).read_due()
    assert await deliveries.inbound(mail.database, []) == {}
