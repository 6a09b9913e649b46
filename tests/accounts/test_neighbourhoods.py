"""An IPv6 customer has a /64: whatever limits strangers counts all of it as one, and its neighbours apart."""

from pathlib import Path

import pytest

from estafette.accounts.actions import password_resets, sessions, signing_up
from tests.http import PASSWORD, WebServer, running

SECRET = {"secret": "guess"}
NEW = {"name": "Gus", "email": "gus@example.com", "password": PASSWORD}
LIMITED = [
    ("POST", "/setup", NEW | {"code": "guess"}, (signing_up, "SETUPS")),
    ("POST", "/sign-up", NEW | {"email": "no address"}, (signing_up, "SIGN_UPS")),
    ("POST", "/sessions", {"email": "gus@example.com", "password": "guess"}, (sessions, "SIGN_INS_BY_ADDRESS")),
    ("POST", "/password-resets", {"email": "gus@example.com"}, (password_resets, "REQUESTS_BY_ADDRESS")),
    ("PUT", "/password-resets", SECRET | {"password": PASSWORD}, (password_resets, "RESETS")),
]


async def test_what_limits_strangers_counts_a_whole_ipv6_network_as_one(
    dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(dsn, tmp_path) as web_server:
        for method, path, given, limit in LIMITED:
            monkeypatch.setattr(*limit, 2)
            of_one = [await asked(web_server, f"2001:db8:1:2::{number}", method, path, given) for number in range(1, 5)]
            assert 429 not in of_one[:2], path
            assert of_one[2:] == [429, 429], f"{path}: another address of the same customer is no fresh start"
            of_the_next = await asked(web_server, "2001:db8:1:3::1", method, path, given)
            assert of_the_next == of_one[0], f"{path}: the next customer is another one"


async def asked(web_server: WebServer, address: str, method: str, path: str, given: dict[str, str]) -> int:
    async with web_server.client(address=address) as stranger:
        return (await stranger.request(method, f"/api/v1{path}", json=given)).status_code
