"""The folder: each message becomes a file."""

import asyncio
import json
from pathlib import Path

import pytest

from estafette.deliveries.errors import CallbackRefused
from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Accepted, Options, Refused, Subscription
from estafette.deliveries.models.transport import Callback
from estafette.deliveries.transports import TRANSPORTS
from estafette.deliveries.transports.folder import TRANSPORT, Credentials, Settings
from estafette.deliveries.transports.folder.link import write
from tests.deliveries.claimed import Inbox, account, claimed


def folder_of(data: Path) -> Path:
    return next((data / "folder-gateway").iterdir())


async def test_a_message_becomes_a_file_of_its_own_that_only_its_owner_reads(tmp_path: Path) -> None:
    subscription = Subscription(endpoint="https://push.example/1", p256dh=b"public", auth=b"secret")
    sent = claimed(text="Olá!", options=Options(topic="news"), subscription=subscription)
    async with TRANSPORT.open(account(Settings(), Credentials(), tmp_path), Inbox().hand_in) as link:
        outcome = await link.submit(sent)
    assert isinstance(outcome, Accepted)
    (file,) = folder_of(tmp_path).iterdir()
    written = json.loads(file.read_text(encoding="utf-8"))
    assert file.stem == written["provider_id"] == outcome.provider_ids[0]
    assert (written["recipient"], written["text"], written["options"]) == (sent.recipient, "Olá!", {"topic": "news"})
    assert "subscription" not in written
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


async def test_a_message_is_reported_as_delivered_even_when_the_first_report_cannot_be_stored(tmp_path: Path) -> None:
    inbox = Inbox(failures=1)
    async with TRANSPORT.open(account(Settings(), Credentials(), tmp_path), inbox.hand_in) as link:
        outcome = await link.submit(claimed())
        receipt = await inbox.first()
    assert isinstance(outcome, Accepted)
    assert not outcome.delivered
    assert (receipt.provider_id, receipt.status) == (outcome.provider_ids[0], "delivered")
    assert len(inbox.receipts) == 1


async def test_nothing_is_left_unreported_when_the_link_is_closed(tmp_path: Path) -> None:
    inbox = Inbox()
    async with TRANSPORT.open(account(Settings(), Credentials(), tmp_path), inbox.hand_in) as link:
        outcomes = [await link.submit(claimed(delivery_id=each)) for each in range(3)]
    reported = [each.provider_id for each in inbox.receipts]
    assert reported == [each.provider_ids[0] for each in outcomes if isinstance(each, Accepted)]
    assert len(reported) == 3


async def test_a_folder_that_does_not_deliver_reports_nothing(tmp_path: Path) -> None:
    inbox = Inbox()
    async with TRANSPORT.open(account(Settings(delivers=False), Credentials(), tmp_path), inbox.hand_in) as link:
        assert isinstance(await link.submit(claimed()), Accepted)
    # At its end it would have handed in what it had not reported yet.
    assert inbox.receipts == []


async def test_a_folder_may_fail_some_recipients_and_always_the_same(tmp_path: Path) -> None:
    reported: list[str | None] = []
    for _ in range(2):
        inbox = Inbox()
        async with TRANSPORT.open(account(Settings(fails=30), Credentials(), tmp_path), inbox.hand_in) as link:
            for number in range(100):
                await link.submit(claimed(delivery_id=number, recipient=f"+4477009{number:05}"))
        reported.append("".join("x" if each.status == "failed" else "." for each in inbox.receipts))
        assert {each.code for each in inbox.receipts if each.status == "failed"} == {"undeliverable"}
    assert reported[0] == reported[1]
    assert 15 < str(reported[0]).count("x") < 45


async def test_what_cannot_be_written_is_refused_for_now_and_leaves_nothing_behind(tmp_path: Path) -> None:
    async with TRANSPORT.open(account(Settings(), Credentials(), tmp_path), Inbox().hand_in) as link:
        folder_of(tmp_path).rmdir()
        outcome = await link.submit(claimed())
    assert isinstance(outcome, Refused)
    assert (outcome.kind, outcome.permanent, outcome.code) == ("system", False, "not_written")


def test_a_file_that_cannot_get_its_name_leaves_no_half_of_it(tmp_path: Path) -> None:
    (tmp_path / "1.json" / "in the way").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        write(tmp_path / "1.json", b"{}")
    assert [each.name for each in tmp_path.iterdir()] == ["1.json"]


async def test_a_folder_that_cannot_be_made_opens_no_link(tmp_path: Path) -> None:
    (tmp_path / "folder-gateway").write_text("in the way")
    with pytest.raises(LinkRefused, match="cannot be made"):
        async with TRANSPORT.open(account(Settings(), Credentials(), tmp_path), Inbox().hand_in):
            pass


async def test_the_room_shrinks_while_messages_are_being_written(tmp_path: Path) -> None:
    async with TRANSPORT.open(account(Settings(), Credentials(), tmp_path), Inbox().hand_in) as link:
        whole = await link.capacity()
        writing = [asyncio.create_task(link.submit(claimed(delivery_id=each))) for each in range(whole)]
        await asyncio.sleep(0)
        waiting = asyncio.create_task(link.capacity())
        await asyncio.sleep(0)
        assert not waiting.done()
        await asyncio.gather(*writing)
        assert await waiting >= 1
        assert await link.capacity() == whole
    assert len(list(folder_of(tmp_path).iterdir())) == whole


def test_a_folder_calls_nobody_back() -> None:
    with pytest.raises(CallbackRefused):
        TRANSPORT.read_callback(account(Settings(), Credentials()), Callback(url="https://x", headers={}, body=b""))


def test_the_folder_is_found_by_its_name() -> None:
    assert TRANSPORTS["folder"] is TRANSPORT
