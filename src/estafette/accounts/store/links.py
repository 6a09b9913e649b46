"""Statements about links in mails."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.accounts.models.links import IssuedLink, OpenLink, Purpose
from estafette.base.database import Queries


async def insert(
    queries: Queries, id_: UUID, person_id: UUID, purpose: Purpose, email: str, at: datetime, expires_at: datetime
) -> None:
    """Keeps that a mail with a link is wished; the secret comes when it is written."""
    await queries.execute(
        """
        INSERT INTO mailed_links (id, person_id, purpose, email, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        id_,
        person_id,
        purpose,
        email,
        at,
        expires_at,
    )


async def issue(queries: Queries, id_: UUID, secret: str, secret_hash: bytes, now: datetime) -> IssuedLink | None:
    """Gives a link its secret; none when it has ended, has nothing left to prove, or the person is disabled."""
    row = await queries.fetchrow(
        """
        UPDATE mailed_links SET secret_hash = CASE WHEN mailed_links.purpose <> 'email_changed' THEN $2::bytea END
        FROM people
        WHERE mailed_links.id = $1 AND mailed_links.used_at IS NULL AND mailed_links.expires_at > $3
            AND people.id = mailed_links.person_id AND people.disabled_at IS NULL
            AND (mailed_links.purpose <> 'email_confirmation' OR people.email_confirmed_at IS NULL)
        RETURNING mailed_links.purpose, people.id AS person_id, mailed_links.email, people.name, people.language,
            people.time_zone, mailed_links.expires_at
        """,
        id_,
        secret_hash,
        now,
    )
    return IssuedLink(**row, secret=None if row["purpose"] == "email_changed" else secret) if row else None


async def find(queries: Queries, purpose: Purpose, secret_hash: bytes, now: datetime) -> OpenLink | None:
    """The link with a secret, used or not; none when its time is over or the person is disabled."""
    row = await queries.fetchrow(
        """
        SELECT mailed_links.id, mailed_links.person_id, mailed_links.purpose, mailed_links.email, mailed_links.used_at
        FROM mailed_links JOIN people ON people.id = mailed_links.person_id
        WHERE mailed_links.secret_hash = $2 AND mailed_links.purpose = $1 AND mailed_links.expires_at > $3
            AND people.disabled_at IS NULL
        """,
        purpose,
        secret_hash,
        now,
    )
    return OpenLink(**row) if row else None


async def use(queries: Queries, id_: UUID, now: datetime) -> None:
    """Notes when a link was first used."""
    await queries.execute("UPDATE mailed_links SET used_at = $2 WHERE id = $1 AND used_at IS NULL", id_, now)


async def end(queries: Queries, person_id: UUID, purposes: Sequence[Purpose]) -> None:
    """Makes a person's links for some purposes worthless, also those whose mail is not written yet."""
    await queries.execute(
        "DELETE FROM mailed_links WHERE person_id = $1 AND purpose = ANY ($2::text[])", person_id, list(purposes)
    )


async def delete_ended(queries: Queries, now: datetime) -> None:
    """Removes links whose time is over."""
    await queries.execute(
        """
        DELETE FROM mailed_links
        WHERE id IN (SELECT id FROM mailed_links WHERE expires_at <= $1 ORDER BY id FOR UPDATE SKIP LOCKED)
        """,
        now,
    )
