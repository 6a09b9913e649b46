"""First answers, kept for 24 hours in the transaction of the write they belong to."""

from typing import Any
from uuid import UUID

import msgspec

from estafette.base.database import Database, Queries, Transaction
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


class AnsweredMeanwhile(BaseException):
    """Another request with the same key was first; raised through the verb, which no handler of problems answers."""

    def __init__(self, first: FirstAnswer) -> None:
        self.first = first


async def first_answer(queries: Queries, owner: UUID, key: str, fingerprint: bytes) -> FirstAnswer | None:
    """What the first request with a key got; None while it is free.

    Raises KeyReused when the key was used with another fingerprint, CredentialNotRepeated when the answer was not kept.
    """
    row: Any = await queries.fetchrow(
        "SELECT fingerprint, status, headers, body FROM idempotency_keys WHERE owner_id = $1 AND key = $2", owner, key
    )
    if row is None:
        return None
    if row["fingerprint"] != fingerprint:
        raise KeyReused
    if row["status"] is None:
        raise CredentialNotRepeated
    return FirstAnswer(row["status"], row["headers"], row["body"])


async def claim(transaction: Transaction, owner: UUID, key: str, fingerprint: bytes) -> None:
    """Claims a key; waits while another transaction with the same key is open.

    Raises AnsweredMeanwhile when that one was committed, and what `first_answer` raises.
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
    if not taken:
        first = await first_answer(transaction, owner, key, fingerprint)
        if first is None:
            raise KeyReused
        raise AnsweredMeanwhile(first)


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


async def forget_about(transaction: Transaction, id_: UUID) -> None:
    """Forgets answers in which an id stands; their keys stay taken, and a retry gets CredentialNotRepeated."""
    await transaction.execute(
        """
        UPDATE idempotency_keys SET status = NULL, headers = NULL, body = NULL
        WHERE position(convert_to($1, 'UTF8') IN body) > 0
        """,
        str(id_),
    )


async def forget_old(database: Database) -> None:
    """Removes keys older than 24 hours."""
    await database.apart.execute("DELETE FROM idempotency_keys WHERE created_at < now() - interval '24 hours'")
