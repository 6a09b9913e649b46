"""Messages from the queue to DELIVERED through a real Kannel, beside our own SMPP to the same gateway of telephones."""

from collections import Counter

import msgspec

from bench.boxes import PASSWORD, USER, kannel, there_is_kannel
from bench.delivering import Counterpart, counterpart, delivered_per_second, fill_queue
from bench.gateways import Gateway, add_gateway, empty_queue, new_gateway
from bench.stage import Stage, say
from bench.table import Figure, Runs
from bench.world import Somebody, new_people

MESSAGES = 2_000
# Kannel loses a receipt that comes before the answer to its message, which a slow disk of the gateway could cause.
RECEIPTS = ("--unsafe", "--delay", "0.3")


class _Line(msgspec.Struct):
    destination: str


async def measure(stage: Stage) -> list[Figure]:
    """How fast it is all the way and back; raises RuntimeError unless each message arrived exactly once."""
    if not await there_is_kannel():
        say("kannel: skipped, since Kannel is not installed here and cannot be")
        return []
    [root] = await new_people(stage.database, 1, "administrator")
    [owner] = await new_people(stage.database, 1, "service")
    runs = Runs()
    await empty_queue(stage.database)
    for _ in stage.rounds("kannel"):
        async with counterpart(*RECEIPTS) as other:
            straight = await new_gateway(stage.server.port, root, port=other.port)
            limit = await _measured(stage, owner, straight, other)
        async with counterpart(*RECEIPTS) as other, kannel(other.port) as url:
            through = await add_gateway(
                stage.server.port,
                root,
                transport="kannel",
                settings={"url": url, "concurrency": 64},
                credentials={"username": USER, "password": PASSWORD},
            )
            runs.add(await _measured(stage, owner, through, other), limit)
    return [
        Figure(
            name="SMS to DELIVERED/s, through Kannel",
            runs=runs,
            limit="the same messages straight through our own SMPP",
            unit="/s",
            context=f"{MESSAGES:,} messages by HTTP to Kannel, by SMPP to the gateway, receipts all the way back",
        )
    ]


async def _measured(stage: Stage, owner: Somebody, gateway: Gateway, other: Counterpart) -> float:
    await fill_queue(stage.database, owner, MESSAGES)
    rate = await delivered_per_second(stage.database, MESSAGES)
    await gateway.remove()
    await empty_queue(stage.database)
    lines = other.log.read_bytes().splitlines()
    arrived = Counter(msgspec.json.decode(line, type=_Line).destination for line in lines)
    if len(arrived) != MESSAGES or set(arrived.values()) != {1}:
        raise RuntimeError(f"{MESSAGES} messages were sent, {len(arrived)} arrived, some {max(arrived.values())} times")
    return rate
