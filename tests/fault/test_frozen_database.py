"""A database that is frozen: whoever asks is told so soon, and nothing is lost or doubled."""

import asyncio
import os
import signal
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from uuid import uuid4

import pytest

from tests.processes import Site, descendants
from tests.waiting import eventually

pytestmark = [pytest.mark.fault, pytest.mark.timeout(180)]


@contextmanager
def frozen_database() -> Generator[None, None, None]:
    """All processes of PostgreSQL stand still, as when their machine is paused."""
    stopped = [pid for pid, command in descendants(os.getpid()).items() if "postgres" in command[0]]
    assert stopped
    try:
        send(signal.SIGSTOP, stopped)
        yield
    finally:
        send(signal.SIGCONT, stopped)


def send(number: signal.Signals, pids: Sequence[int]) -> None:
    """Signals all of them but those that have ended meanwhile, as a connection that was closed has."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


async def test_everybody_is_told_to_come_back_and_finds_what_they_said_once(here: Site) -> None:
    world, url = here.world, here.webs[0].url
    place = (await world.write(world.ben, world.bakery, "Hello")).conversation.id
    token, keys = await here.token(world.ben), [str(uuid4()) for _ in range(30)]
    messages = f"{url}/api/v1/conversations/{place}/messages"

    async def ask(method: str, address: str, key: str | None = None) -> tuple[int, Any, str | None]:
        headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        body = {"text": key} if key else None
        async with here.http.request(method, address, json=body, headers=headers) as answer:
            return answer.status, await answer.json(), answer.headers.get("Retry-After")

    assert (await ask("GET", messages))[0] == 200
    with frozen_database():
        # It stands still until all are answered: whoever waited for it would wait for ever.
        answers = await asyncio.gather(
            *(ask("POST", messages, key) for key in keys),
            *(ask("GET", messages) for _ in range(30)),
            ask("GET", f"{url}/api/v1/conversations"),
            ask("POST", f"{url}/v1/contact-requests", str(uuid4())),
        )
        assert {(status, wait) for status, _, wait in answers} == {(503, "2")}
        assert answers[0][1]["code"] == "unavailable"
        assert (await ask("GET", f"{url}/healthz"))[0] == 200
        status, said, _ = await ask("GET", f"{url}/readyz")
        assert (status, said["not_ready"][0]) == (503, "database")

    async def is_back() -> bool:
        return (await ask("GET", messages))[0] == 200

    await eventually(is_back)
    for key in keys:
        assert (await ask("POST", messages, key))[0] == 201
    _, page, _ = await ask("GET", f"{messages}?limit=200")
    assert sorted(each["text"] for each in page["items"] if each["text"] in keys) == sorted(keys)
