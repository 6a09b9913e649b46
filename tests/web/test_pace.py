"""Whoever runs wild is slowed down; nobody else notices."""

from typing import Any

import pytest
from msgspec import structs

from estafette.accounts import SignedIn
from estafette.base.ids import new_id
from estafette.base.settings import Settings
from estafette.web.cookies import Cookies
from estafette.web.errors import TooManyRequests
from estafette.web.gate import Checks
from estafette.web.rate_limiter import RateLimiter
from estafette.web.request_context import RequestContext
from tests.http import WebServer


def test_a_burst_is_fine_and_then_one_waits() -> None:
    limiter = RateLimiter(burst=3, per_second=0.5)
    for _ in range(3):
        limiter.step("ann")
    with pytest.raises(TooManyRequests) as refused:
        limiter.step("ann")
    assert refused.value.retry_after == 2
    limiter.step("ben")


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("estafette.web.rate_limiter.BUCKETS", 10)
    limiter = RateLimiter(burst=1, per_second=0.001)
    for who in range(100):
        limiter.step(who)
    with pytest.raises(TooManyRequests):
        limiter.step(99)
    limiter.step(0)


async def test_a_stranger_who_runs_wild_is_told_when_to_come_back(
    web_server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("estafette.web.rate_limiter.monotonic", lambda: 1_000.0)
    async with web_server.client(address="198.51.100.7") as wild, web_server.client(address="198.51.100.8") as calm:
        for _ in range(1_000):
            assert (await wild.get("/api/v1/instance")).status_code == 200
        answer = await wild.get("/api/v1/instance")
        assert answer.status_code == 429
        assert answer.json()["code"] == "too_many_requests"
        assert int(answer.headers["retry-after"]) >= 1
        assert (await calm.get("/api/v1/instance")).status_code == 200
        assert (await wild.get("/healthz")).status_code == 200


def test_a_page_of_somebody_does_not_use_up_what_their_programs_may_do() -> None:
    nothing: Any = None
    checks = Checks(Cookies(Settings()), nothing, nothing, nothing)
    checks.people, checks.programs = RateLimiter(burst=2, per_second=0.001), RateLimiter(burst=4, per_second=0.001)
    ann = SignedIn(
        person_id=new_id(),
        name="Ann",
        email="ann@example.com",
        language="en",
        time_zone="UTC",
        roles=frozenset(),
        partners={},
        parties=frozenset(),
    )

    def steps(who: SignedIn) -> int:
        context = RequestContext("127.0.0.1", secure=False)
        context.signed_in = who
        for count in range(10):
            try:
                checks.admit({"method": "GET", "query_string": b""}, context, None)
            except TooManyRequests:
                return count
        return 10

    assert steps(ann) == 2
    assert steps(structs.replace(ann, token_id=new_id())) == 4
