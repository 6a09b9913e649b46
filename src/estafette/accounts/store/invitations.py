"""Statements about invitations. One holds only as long as whoever sent it may still invite."""

from datetime import datetime
from uuid import UUID

from estafette.accounts.models.invitations import Invitation, IssuedInvitation, OpenInvitation
from estafette.accounts.models.people import Card
from estafette.base.database import Queries
from estafette.base.languages import Language


async def put(
    queries: Queries,
    id_: UUID,
    partner_id: UUID | None,
    given: Invitation,
    email_key: str,
    by: UUID,
    language: Language | None,
) -> None:
    """Keeps an invitation; an earlier one of the same address makes way, and with it its link."""
    await queries.execute(
        """
        INSERT INTO invitations (id, partner_id, role, email, email_key, created_at, created_by, expires_at, language)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (partner_id, email_key) DO UPDATE SET id = excluded.id, role = excluded.role,
            email = excluded.email, secret_hash = NULL, handed_hash = NULL, created_at = excluded.created_at,
            created_by = excluded.created_by, expires_at = excluded.expires_at, mailed_at = NULL,
            language = excluded.language
        """,
        id_,
        partner_id,
        given.role,
        given.email,
        email_key,
        given.created_at,
        by,
        given.expires_at,
        language,
    )


async def count(queries: Queries, partner_id: UUID | None, now: datetime) -> int:
    """How many wait to be accepted."""
    return await queries.fetchval(
        "SELECT count(*) FROM invitations WHERE partner_id IS NOT DISTINCT FROM $1::uuid AND expires_at > $2",
        partner_id,
        now,
    )


async def waiting(queries: Queries, partner_id: UUID | None, now: datetime) -> list[Invitation]:
    """Those that can still be accepted, newest first."""
    rows = await queries.fetch(
        """
        SELECT id, email, role, created_at, expires_at, mailed_at FROM invitations
        WHERE partner_id IS NOT DISTINCT FROM $1::uuid AND expires_at > $2
            AND EXISTS (
                SELECT FROM people WHERE people.id = invitations.created_by AND people.disabled_at IS NULL
                    AND (EXISTS (SELECT FROM role_grants WHERE person_id = people.id AND role = 'administrator')
                        OR EXISTS (SELECT FROM partner_members WHERE person_id = people.id
                            AND partner_members.partner_id = invitations.partner_id AND role = 'owner'))
            )
        ORDER BY created_at DESC, id
        """,
        partner_id,
        now,
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


async def hand_over(queries: Queries, partner_id: UUID, id_: UUID, secret_hash: bytes, now: datetime) -> bool:
    """Gives an invitation the secret of a link to hand over, in place of an earlier one; whether there is one."""
    return bool(
        await queries.fetchval(
            """
            UPDATE invitations SET handed_hash = $3
            WHERE id = $2 AND partner_id = $1 AND expires_at > $4 RETURNING true
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
            EXISTS (SELECT FROM people WHERE people.email_key = invitations.email_key) AS has_account
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


async def delete_of(queries: Queries, partner_id: UUID | None, email_key: str) -> None:
    """Makes the invitation of an address worthless, if there is one."""
    await queries.execute(
        "DELETE FROM invitations WHERE email_key = $2 AND partner_id IS NOT DISTINCT FROM $1::uuid",
        partner_id,
        email_key,
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
