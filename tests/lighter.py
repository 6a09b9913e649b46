"""What most tests need and none of them looks at costs less in their process: hashes, and the files of the web app.

Processes of the product that a test starts do all of it as they always do.
"""

from collections.abc import Generator
from functools import cache

import pytest
from argon2 import PasswordHasher

from estafette.accounts import passwords
from estafette.web import application
from estafette.web.app_pages import AppPages

REAL = passwords._hasher  # 25 ms of a core for each hash
LIGHT = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, hash_len=32, salt_len=16)


@pytest.fixture(scope="session", autouse=True)
def lighter() -> Generator[None, None, None]:
    """Passwords are hashed in no time, and the web app is read once for all servers of this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", LIGHT)
        patch.setattr(application, "AppPages", cache(AppPages))
        yield


@pytest.fixture
def real_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of the hash itself."""
    monkeypatch.setattr(passwords, "_hasher", REAL)
