"""What most tests need and none of them looks at costs less in their process.

Hashes are made in no time; the files of the web app, and what each endpoint takes, are read once for all servers.

Processes of the product that a test starts do all of it as they always do.
"""

from collections.abc import Collection, Generator
from functools import cache
from typing import Any

import pytest
from argon2 import PasswordHasher

from estafette.accounts import passwords
from estafette.http import calling
from estafette.http.endpoints import Endpoint
from estafette.http.signature import Signature, read_signature
from estafette.web import application
from estafette.web.app_pages import AppPages

REAL = passwords._hasher  # 25 ms of a core for each hash
LIGHT = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, hash_len=32, salt_len=16)


@pytest.fixture(scope="session", autouse=True)
def lighter() -> Generator[None, None, None]:
    """For the whole process; `real_hashes` takes one of it back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", LIGHT)
        patch.setattr(application, "AppPages", cache(AppPages))
        patch.setattr(calling, "read_signature", _read_once)
        yield


_read: dict[tuple[object, str, frozenset[Any]], Signature] = {}


def _read_once(endpoint: Endpoint, supplied: Collection[Any]) -> Signature:
    """What a handler takes: of all endpoints a quarter of a server's start."""
    key = endpoint.handler, endpoint.path, frozenset(supplied)
    if key not in _read:
        _read[key] = read_signature(endpoint, supplied)
    return _read[key]


@pytest.fixture
def real_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of the hash itself."""
    monkeypatch.setattr(passwords, "_hasher", REAL)
