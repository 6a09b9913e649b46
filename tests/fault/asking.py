"""Requests about conversations that are made as often as it takes, at processes that come and go."""

import random
from uuid import uuid4

import aiohttp

from tests.fault.trying_again import Attempts, Return
from tests.live.client import Json, Reader, Unreachable
from tests.processes import Site, is_ready

REFUSED = {
    "message_deleted",  # meanwhile, by somebody else
    "unknown_conversation",
    "not_a_member",
    "unknown_person",  # to be removed, and gone already
}


class Asking:
    """Asks whichever process is up until there is an answer."""

    def __init__(self, here: Site) -> None:
        self._here = here
        self._back = Return(self._some_are_ready)
        self.last: object = None
        """Why there was no answer the last time that there was none."""

    async def insist(self, reader: Reader, method: str, path: str, body: object) -> Json | None:
        """Retries with the same key; None when it was refused, as it may be."""
        attempts, key = Attempts(self._back), str(uuid4())
        while True:
            url = random.choice(self._here.webs).url
            try:
                return await _once(reader, url, method, path, body, key)
            except Unreachable as error:
                self.last = error, error.__cause__
                await attempts.next()

    async def _some_are_ready(self) -> bool:
        return any([await is_ready(each.url, self._here.http) for each in self._here.webs])


async def _once(reader: Reader, url: str, method: str, path: str, body: object, key: str) -> Json | None:
    headers = {"Authorization": f"Bearer {reader.token}", "Idempotency-Key": key}
    try:
        async with reader.http.request(
            method, f"{url}/api/v1/conversations/{path}", json=body, headers=headers
        ) as answer:
            if answer.status >= 500:
                raise Unreachable(path, answer.status, await answer.text())
            said = await answer.json() if answer.status != 204 else {}
            assert answer.status < 400 or said["code"] in REFUSED, said
            return said if answer.status < 400 else None
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Unreachable(path) from error
