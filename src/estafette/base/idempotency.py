"""First answers, kept for 24 hours in the transaction of the write they belong to."""

from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Database, Transaction
from estafette.base.errors import Conflict


class KeyReused(Conflict):
    """This idempotency key was used for another request."""

    code = "idempotency_key_reused"


class CredentialNotRepeated(Conflict):
    """This was done already; what it showed once is not kept."""

    code = "credential_not_repeated"


class FirstAnswer(msgspec.Struct, frozen=True):
    """The status, headers and body that the first request with a key got."""

    status: int
    headers: dict[str, str]
    body: bytes


async def claim(transaction: Transaction, owner: UUID, key: str, fingerprint: bytes) -> FirstAnswer | None:
    """Claims a key, or returns the first answer; waits while another request with the same key is under way.

    Raises KeyReused when the key was used with another fingerprint, CredentialNotRepeated when the answer was not kept.
    """
    taken = await transaction.fetchval(
        """
        INSERT INTO idempotency_keys (owner_id, key, fingerprint) VALUES ($1, $2, $3)
        ON CONFLICT (owner_id, key) DO NOTHING RETURNING true
        """,
        owner,
        key,
        fingerprint,
    )
    if taken:
        return None
    row: Any = await transaction.fetchrow(
        "SELECT fingerprint, status, headers, body FROM idempotency_keys WHERE owner_id = $1 AND key = $2", owner, key
    )
    if row is None or row["fingerprint"] != fingerprint:
        raise KeyReused
    if row["status"] is None:
        raise CredentialNotRepeated
    return FirstAnswer(row["status"], row["headers"], row["body"])


async def keep(transaction: Transaction, owner: UUID, key: str, answer: FirstAnswer) -> None:
    """Keeps the answer beside its claim."""
    await transaction.execute(
        "UPDATE idempotency_keys SET status = $3, headers = $4, body = $5 WHERE owner_id = $1 AND key = $2",
        owner,
        key,
        answer.status,
        answer.headers,
        answer.body,
    )


async def forget_old(database: Database) -> None:
    """Removes keys older than 24 hours."""
    await database.apart.execute("DELETE FROM idempotency_keys WHERE created_at < now() - interval '24 hours'")
