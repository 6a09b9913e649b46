"""The gateway that others test and measure with, on bad days: its log and what we believe must agree."""

import asyncio
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from estafette.deliveries.models.link_faults import LinkRefused
from estafette.deliveries.models.messages import Accepted, Outcome, Refused
from tests.deliveries.smpp.counterparts import Counterpart
from tests.deliveries.smpp.engine import ReceiptSink, claimed, link
from tests.waiting import eventually

ALL = 3000


class Smsc(Counterpart):
    """The gateway with its log."""

    def __init__(self, log: Path, *options: str) -> None:
        self.log = log
        super().__init__([sys.executable, "-m", "tests.deliveries.smpp.smsc", "PORT", str(log), *options])

    def accepted(self) -> dict[str, dict[str, Any]]:
        """What the log says, by the ids."""
        lines = [msgspec.json.decode(line) for line in self.log.read_bytes().splitlines()]
        return {line["id"]: line for line in lines}


async def submit_all(smsc: Smsc, sink: ReceiptSink) -> dict[str, Outcome]:
    """What became of each text, over as many links as it takes; nothing is submitted twice."""
    outcomes: dict[str, Outcome] = {}
    waiting = [f"Message {number}" for number in range(ALL)]

    async def submit(opened: Any, text: str) -> None:
        outcomes[text] = await opened.submit(claimed(text=text))

    while waiting:
        try:
            async with link(smsc.port, sink.take, response_timeout=1.0) as opened:
                broken = asyncio.create_task(opened.lost())
                submitting: list[asyncio.Task[None]] = []
                while waiting and not broken.done():
                    capacity = asyncio.create_task(opened.capacity())
                    await asyncio.wait({capacity, broken}, return_when=asyncio.FIRST_COMPLETED)
                    if broken.done():
                        capacity.cancel()
                        break
                    some, waiting = waiting[: await capacity], waiting[capacity.result() :]
                    submitting += [asyncio.create_task(submit(opened, text)) for text in some]
                    await asyncio.sleep(0)
                await asyncio.gather(*submitting)
                broken.cancel()
        except LinkRefused:
            # Whoever is only slow is tried again.
            assert smsc.process.poll() is None
    return outcomes


async def test_on_bad_days_its_log_and_what_we_believe_agree(tmp_path: Path) -> None:
    options = "--delay 0 --lost 0.05 --doubled 0.05 --early 0.2 --failed 0.1 --throttled 0.05 --full 0.02 --mute 0.002"
    smsc, sink = Smsc(tmp_path / "log", *options.split(), "--dropped", "0.02"), ReceiptSink()
    try:
        await eventually(lambda: "ready" in smsc.output, lambda: smsc.output)
        outcomes = await submit_all(smsc, sink)
        log = smsc.accepted()
        texts = [each["text"] for each in log.values()]
        assert len(texts) == len(set(texts))
        by_text = {each["text"]: each["id"] for each in log.values()}
        ended = {"Accepted": 0, "Refused": 0, "Unknown": 0}
        for text, outcome in outcomes.items():
            ended[type(outcome).__name__] += 1
            if isinstance(outcome, Accepted):
                assert outcome.provider_ids == (by_text[text],)
            if isinstance(outcome, Refused):
                assert text not in by_text
        assert len(outcomes) == ALL
        assert all(ended.values()), ended
        # What was told on a link that broke is told again on the next: about 95 of 100 have a receipt.
        async with link(smsc.port, sink.take):
            await eventually(lambda: len({each.provider_id for each in sink.receipts}) > 0.9 * len(log))
    finally:
        smsc.stop()
    assert {each.provider_id for each in sink.receipts} <= set(log)
    assert {each.fault for each in sink.receipts} == {None}
    assert {each.status for each in sink.receipts} == {"delivered", "failed"}


async def test_it_lets_through_so_many_a_second_and_no_more(tmp_path: Path) -> None:
    smsc = Smsc(tmp_path / "log", "--rate", "5")
    try:
        await eventually(lambda: "ready" in smsc.output, lambda: smsc.output)
        async with link(smsc.port) as opened:
            begun = time.monotonic()
            outcomes = await asyncio.gather(*(opened.submit(claimed(text=f"{number}")) for number in range(100)))
            # The seconds of a clock that it may have seen, each begun one included.
            seconds = int(time.monotonic() - begun) + 2
    finally:
        smsc.stop()
    throttled = [each for each in outcomes if isinstance(each, Refused) and each.throttled]
    assert len(smsc.accepted()) == sum(isinstance(each, Accepted) for each in outcomes)
    assert throttled
    assert 5 <= len(smsc.accepted()) <= 5 * seconds


async def test_it_has_so_many_links_and_no_more(tmp_path: Path) -> None:
    smsc = Smsc(tmp_path / "log", "--links", "1")
    try:
        await eventually(lambda: "ready" in smsc.output, lambda: smsc.output)
        async with link(smsc.port):
            with pytest.raises(LinkRefused, match="allows no more links"):
                async with link(smsc.port):
                    pass
        async with link(smsc.port):
            pass
    finally:
        smsc.stop()
