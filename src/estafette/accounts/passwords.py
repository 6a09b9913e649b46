"""Passwords: argon2id with 19 MiB, 2 passes, 1 lane, about 25 ms each, two at a time in threads of their own."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16)
_threads: Final = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")

# Nobody's: no password is known to lead to 32 zero bytes. Comparing with it costs what comparing with a real one does.
_NOBODYS: Final = f"$argon2id$v=19$m={19 * 1024},t=2,p=1${'A' * 22}${'A' * 43}"


async def hashed(password: str) -> str:
    """The hash to store, with a salt of its own."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def fits(password: str, stored: str | None) -> bool:
    """Whether a password belongs to a stored hash; without one it takes as long and never fits."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _fits, password, stored)


def _fits(password: str, stored: str | None) -> bool:
    try:
        return _hasher.verify(stored or _NOBODYS, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
