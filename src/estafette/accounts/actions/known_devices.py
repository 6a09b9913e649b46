"""Browsers that have signed somebody in: a cookie tells them from strangers, whose wrong passwords they do not pay for.

Counting wrong passwords for an account alone lets anybody lock its owner out. They are counted for the account and the
neighbourhood that they come from; a device that signed in before has a count of its own.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID

from estafette.accounts.credentials import digest, new_device_token
from estafette.accounts.models.credentials import Device
from estafette.accounts.store import known_devices as store
from estafette.base.database import Database, Transaction

# As long as browsers keep a cookie at most.
LASTS: Final = timedelta(days=400)
DEVICES: Final = 50


async def bucket_of_device(database: Database, device: Device, email_key: str) -> str | None:
    """Where a device's own attempts are counted; None for one from which the person never signed in."""
    if device.token is None or "\0" in email_key:
        return None
    token_hash = digest(device.token)
    return f"device:{token_hash.hex()}" if await store.knows(database, token_hash, email_key) else None


async def remember_device(transaction: Transaction, person_id: UUID, device: Device) -> str:
    """Notes that a person has signed in, and gives what the cookie of the device holds from now on."""
    # A value that nobody was given here may have been planted: it does not become a known one.
    ours = device.token is not None and await store.is_known(transaction, digest(device.token))
    token = device.token if ours and device.token is not None else new_device_token()
    await store.remember(transaction, digest(token), person_id, transaction.clock.now())
    await store.keep_newest(transaction, person_id, DEVICES)
    return token


async def forget_unused_devices(database: Database) -> None:
    """Removes those whose cookie is gone by now."""
    await store.delete_unused(database, database.clock.now() - LASTS)
