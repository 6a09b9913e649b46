"""Who a cookie or a token stands for: one statement with all that a request needs to know."""

from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.accounts.models.people import SignedIn
from estafette.base.database import Queries


async def by_session(queries: Queries, token_hash: bytes, now: datetime) -> tuple[SignedIn, datetime] | None:
    """Whose session it is, and when it was last seen; none when it has ended or the person is disabled."""
    row = await queries.fetchrow(
        """
        SELECT people.id AS person_id, people.name, people.email, people.picture, people.language, people.time_zone,
            ARRAY(SELECT role FROM role_grants WHERE person_id = people.id) AS roles,
            ARRAY(SELECT partner_id FROM partner_members WHERE person_id = people.id ORDER BY 1) AS partners,
            ARRAY(SELECT role FROM partner_members WHERE person_id = people.id ORDER BY partner_id) AS partner_roles,
            sessions.id AS session_id, NULL::uuid AS token_id, ARRAY['read', 'write', 'admin'] AS scopes,
            sessions.expires_at, sessions.last_seen_at AS seen_at
        FROM sessions JOIN people ON people.id = sessions.person_id
        WHERE sessions.token_hash = $1 AND sessions.expires_at > $2 AND people.disabled_at IS NULL
        """,
        token_hash,
        now,
    )
    return (_signed_in(row), row["seen_at"]) if row else None


async def by_token(queries: Queries, token_hash: bytes, now: datetime) -> tuple[SignedIn, datetime | None] | None:
    """Whose token it is, and when it was last used; none when it has ended or the person is disabled."""
    row = await queries.fetchrow(
        """
        SELECT people.id AS person_id, people.name, people.email, people.picture, people.language, people.time_zone,
            ARRAY(SELECT role FROM role_grants WHERE person_id = people.id) AS roles,
            ARRAY(SELECT partner_id FROM partner_members WHERE person_id = people.id ORDER BY 1) AS partners,
            ARRAY(SELECT role FROM partner_members WHERE person_id = people.id ORDER BY partner_id) AS partner_roles,
            NULL::uuid AS session_id, tokens.id AS token_id, tokens.scopes,
            tokens.expires_at, tokens.last_used_at AS seen_at
        FROM tokens JOIN people ON people.id = tokens.person_id
        WHERE tokens.token_hash = $1 AND (tokens.expires_at IS NULL OR tokens.expires_at > $2)
            AND people.disabled_at IS NULL
        """,
        token_hash,
        now,
    )
    return (_signed_in(row), row["seen_at"]) if row else None


async def touch_session(
    queries: Queries, id_: UUID, now: datetime, expires_at: datetime, seen_before: datetime
) -> bool:
    """Notes that a session is in use and moves its end; false when another request has just done so."""
    return bool(
        await queries.fetchval(
            """
            UPDATE sessions SET last_seen_at = $2, expires_at = $3 WHERE id = $1 AND last_seen_at < $4
            RETURNING true
            """,
            id_,
            now,
            expires_at,
            seen_before,
        )
    )


async def touch_token(queries: Queries, id_: UUID | None, now: datetime, used_before: datetime) -> bool:
    """Notes that a token is in use; false when another request has just done so."""
    return bool(
        await queries.fetchval(
            """
            UPDATE tokens SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $3)
            RETURNING true
            """,
            id_,
            now,
            used_before,
        )
    )


def _signed_in(row: Any) -> SignedIn:
    partners = dict(zip(row["partners"], row["partner_roles"], strict=True))
    return SignedIn(
        person_id=row["person_id"],
        name=row["name"],
        email=row["email"],
        picture=row["picture"],
        language=row["language"],
        time_zone=row["time_zone"],
        roles=frozenset(row["roles"]),
        partners=partners,
        parties=frozenset((row["person_id"], *partners)),
        session_id=row["session_id"],
        token_id=row["token_id"],
        scopes=frozenset(row["scopes"]),
        expires_at=row["expires_at"],
    )
