"""Statements about invitations. One holds only as long as whoever sent it may still invite."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from estafette.accounts.models.invitations import Invitation, InvitedRole, IssuedInvitation, OpenInvitation
from estafette.accounts.models.people import Card
from estafette.base.database import Queries
from estafette.base.languages import Language


async def put_all(
    queries: Queries,
    partner_id: UUID | None,
    given: Sequence[Invitation],
    email_keys: Sequence[str],
    by: UUID,
    language: Language | None,
) -> None:
    """Keeps invitations; an earlier one of the same address makes way, and with it its links.

    What it said of name and language stays where the new one says nothing.
    """
    await queries.execute(
        """
        INSERT INTO invitations
            (id, partner_id, role, email, email_key, name, created_at, created_by, expires_at, language)
        SELECT id, $7, role, email, email_key, name, created_at, $8, expires_at, $9
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $10::timestamptz[])
            AS given (id, role, email, email_key, name, created_at, expires_at)
        -- In one order, so that two who invite the same do not wait for each other in a circle.
        ORDER BY email_key
        ON CONFLICT (partner_id, (CASE WHEN partner_id IS NULL THEN role END), email_key) DO UPDATE SET
            id = excluded.id, role = excluded.role, email = excluded.email, secret_hash = NULL, handed_hash = NULL,
            created_at = excluded.created_at, created_by = excluded.created_by, expires_at = excluded.expires_at,
            mailed_at = NULL, name = coalesce(excluded.name, invitations.name),
            language = coalesce(excluded.language, invitations.language)
        """,
        [each.id for each in given],
        [each.role for each in given],
        [each.email for each in given],
        email_keys,
        [each.name for each in given],
        [each.created_at for each in given],
        partner_id,
        by,
        language,
        [each.expires_at for each in given],
    )


async def count(
    queries: Queries, partner_id: UUID | None, role: InvitedRole, now: datetime, but: Sequence[str] = ()
) -> int:
    """How many wait to be accepted, of a partner or for a role on the whole server; some addresses do not count."""
    return await queries.fetchval(
        """
        SELECT count(*) FROM invitations
        WHERE partner_id IS NOT DISTINCT FROM $1::uuid AND ($1::uuid IS NOT NULL OR role = $2) AND expires_at > $3
            AND email_key <> ALL ($4::text[])
        """,
        partner_id,
        role,
        now,
        list(but),
    )


async def waiting(
    queries: Queries,
    partner_id: UUID | None,
    now: datetime,
    words: Sequence[str] = (),
    after: tuple[datetime, UUID] | None = None,
    limit: int = 1_000,
) -> list[Invitation]:
    """Those that can still be accepted, newest first; all patterns must match the address or the name."""
    rows = await queries.fetch(
        """
        SELECT id, email, role, created_at, expires_at, mailed_at, name FROM invitations
        WHERE partner_id IS NOT DISTINCT FROM $1::uuid AND expires_at > $2
            AND (email_key || ' ' || lower(coalesce(name, ''))) LIKE ALL ($3::text[])
            AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5::uuid))
            AND EXISTS (
                SELECT FROM people WHERE people.id = invitations.created_by AND people.disabled_at IS NULL
                    AND (EXISTS (SELECT FROM role_grants WHERE person_id = people.id AND role = 'administrator')
                        OR EXISTS (SELECT FROM partner_members WHERE person_id = people.id
                            AND partner_members.partner_id = invitations.partner_id AND role = 'owner'))
            )
        ORDER BY created_at DESC, id DESC LIMIT $6
        """,
        partner_id,
        now,
        list(words),
        after[0] if after else None,
        after[1] if after else None,
        limit,
    )
    return [Invitation(**row) for row in rows]


async def issue(queries: Queries, id_: UUID, secret: str, secret_hash: bytes, now: datetime) -> IssuedInvitation | None:
    """Gives an invitation its secret; none when it was withdrawn, renewed or has ended."""
    row = await queries.fetchrow(
        """
        WITH issued AS (
            UPDATE invitations SET secret_hash = $2, mailed_at = $3 WHERE id = $1 AND expires_at > $3
            RETURNING partner_id, role, email, email_key, created_by, expires_at, language
        )
        SELECT issued.email, issued.role, inviter.name AS inviter, partners.name AS partner, issued.expires_at,
            coalesce(guest.language, issued.language, inviter.language) AS language,
            coalesce(guest.time_zone, inviter.time_zone) AS time_zone
        FROM issued JOIN people AS inviter ON inviter.id = issued.created_by
            LEFT JOIN people AS guest ON guest.email_key = issued.email_key
            LEFT JOIN partners ON partners.id = issued.partner_id
        """,
        id_,
        secret_hash,
        now,
    )
    return IssuedInvitation(**row, secret=secret) if row else None


async def hand_over(queries: Queries, partner_id: UUID | None, id_: UUID, secret_hash: bytes, now: datetime) -> bool:
    """Gives an invitation the secret of a link to hand over, in place of an earlier one; whether there is one."""
    return bool(
        await queries.fetchval(
            """
            UPDATE invitations SET handed_hash = $3
            WHERE id = $2 AND partner_id IS NOT DISTINCT FROM $1::uuid AND expires_at > $4 RETURNING true
            """,
            partner_id,
            id_,
            secret_hash,
            now,
        )
    )


async def find(queries: Queries, secret_hash: bytes, now: datetime) -> OpenInvitation | None:
    """The invitation with a secret; none when its time is over or whoever sent it may invite no more."""
    row = await queries.fetchrow(
        """
        SELECT invitations.id, invitations.role, invitations.email, invitations.email_key, partners.id AS partner_id,
            partners.name, partners.picture, invitations.secret_hash IS NOT DISTINCT FROM $1::bytea AS was_mailed,
            invitations.name AS guest, EXISTS (
                SELECT FROM people WHERE people.email_key = invitations.email_key
                    AND (people.password_hash IS NOT NULL OR people.disabled_at IS NOT NULL
                        OR (invitations.partner_id IS NOT NULL AND invitations.secret_hash IS DISTINCT FROM $1::bytea)
                        OR EXISTS (SELECT FROM role_grants WHERE person_id = people.id AND role = 'service'))
            ) AS has_account
        FROM invitations LEFT JOIN partners ON partners.id = invitations.partner_id
        WHERE (invitations.secret_hash = $1 OR invitations.handed_hash = $1) AND invitations.expires_at > $2
            AND EXISTS (
                SELECT FROM people WHERE people.id = invitations.created_by AND people.disabled_at IS NULL
                    AND (EXISTS (SELECT FROM role_grants WHERE person_id = people.id AND role = 'administrator')
                        OR EXISTS (SELECT FROM partner_members WHERE person_id = people.id
                            AND partner_members.partner_id = invitations.partner_id AND role = 'owner'))
            )
        """,
        secret_hash,
        now,
    )
    if row is None:
        return None
    partner = Card(id=row["partner_id"], name=row["name"], picture=row["picture"]) if row["partner_id"] else None
    return OpenInvitation(
        id=row["id"],
        partner_id=row["partner_id"],
        partner=partner,
        role=row["role"],
        email=row["email"],
        email_key=row["email_key"],
        name=row["guest"],
        has_account=row["has_account"],
        was_mailed=row["was_mailed"],
    )


async def delete(queries: Queries, partner_id: UUID | None, id_: UUID) -> bool:
    """Makes an invitation worthless; whether there was one."""
    return bool(
        await queries.fetchval(
            "DELETE FROM invitations WHERE id = $2 AND partner_id IS NOT DISTINCT FROM $1::uuid RETURNING true",
            partner_id,
            id_,
        )
    )


async def delete_of(queries: Queries, partner_id: UUID | None, role: InvitedRole, email_keys: Sequence[str]) -> None:
    """Makes the invitations of addresses worthless: to a partner, or to a role on the whole server."""
    await queries.execute(
        """
        DELETE FROM invitations
        WHERE email_key = ANY ($3::text[]) AND partner_id IS NOT DISTINCT FROM $1::uuid
            AND ($1::uuid IS NOT NULL OR role = $2)
        """,
        partner_id,
        role,
        list(email_keys),
    )


async def delete_ended(queries: Queries, now: datetime) -> None:
    """Removes invitations whose time is over."""
    await queries.execute(
        """
        DELETE FROM invitations
        WHERE id IN (SELECT id FROM invitations WHERE expires_at <= $1 ORDER BY id FOR UPDATE SKIP LOCKED)
        """,
        now,
    )
