"""Statements of sending: a whole batch is looked up, numbered and stored in one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from estafette.base.database import Queries, Transaction, tuples

Row = tuple[
    UUID,
    UUID,
    UUID | None,
    UUID | None,
    str,
    str | None,
    str | None,
    str | None,
    bool,
    UUID | None,
    int | None,
    str | None,
]
"""Id of the message, conversation, person, party (if it is not to be found out), text, key, attachments as JSON, whom

it mentions (an array as PostgreSQL writes it), whether it mentions everybody, which message it replies to,
the revision of the draft that it was, and as JSON whose words it says again.
"""


async def lock(transaction: Transaction, conversation_ids: Sequence[UUID]) -> list[Any]:
    """Locks conversations in the order of their ids and returns `id, kind, head, last_ordinal, readers`."""
    # The length of an array that comes through a sub-select is not known to the planner, so it keeps one plan for all.
    return await transaction.fetch(
        """
        SELECT c.id, c.kind, c.head, c.last_ordinal, c.readers
        FROM conversations c WHERE c.id = ANY ((SELECT $1::uuid[])::uuid[])
        ORDER BY c.id FOR NO KEY UPDATE OF c
        """,
        conversation_ids,
    )


async def send(
    queries: Queries, drafts: Sequence[Row], kind: str, at: datetime, *, most_messages: int = 0, most_bytes: int = 0
) -> list[Any]:
    """Stores what can be stored of drafts of one kind and time, and tells of each, in their order, what became of it.

    Nobody may say more in a day than `most_messages` with `most_bytes` of text and files (0: no limit).

    `party_id`: the side that speaks, None for those who may not; `head`, `last_ordinal`, `kind`: as the conversation
    was before, None while somebody else holds it; `place_id`, `place_kind`, `readers` of whose rights hold, a thread's
    parent or itself; `root_id` of a thread; `seen_head`: its head when rights were looked up, None if it does not
    exist; `step`: which of the messages of its conversation in this batch it became, None if it was not stored;
    `first_id`: the message that bears its key already; `name`, `picture` of the person; `archived`; `role` in a group
    or channel, and whether the person `may_join` it; `over_quota`; `mentions`: those of the mentioned who are in it;
    `undrafted`: whether the draft that it was was taken away, and not a newer one left.
    No key may occur twice.
    """
    *columns, replied_to, draft_revisions, forwarded = tuples(drafts)
    # Rights are read as of the beginning of the statement, the head once the row is locked: where the two differ
    # nothing is stored, and the caller tries again. Memberships change under the lock of their conversation only; those
    # of a thread's parent are not locked, so that a thread holds up nobody: what is said while its author is removed
    # counts as said before, what begins after that is refused.
    return await queries.fetch(
        """
        WITH given AS MATERIALIZED (
            SELECT *, row_number() OVER said AS messages, sum(octet_length(text)) OVER said AS bytes
            FROM unnest(
                (SELECT $1::uuid[]), $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[],
                $8::text[], $9::boolean[], $14::uuid[], $15::bigint[], $16::text[]
            ) WITH ORDINALITY AS given (
                id, conversation_id, person_id, spoken_for, text, key, attachments, mentioned, mentions_all, reply_to,
                draft, forwarded, position
            )
            WINDOW said AS (PARTITION BY person_id ORDER BY position)
        ), locked AS MATERIALIZED (
            SELECT c.id, c.kind, c.head, c.last_ordinal, c.readers FROM conversations c
            WHERE c.id = ANY ((SELECT array_agg(DISTINCT conversation_id) FROM given)::uuid[])
            ORDER BY c.id FOR NO KEY UPDATE SKIP LOCKED
        ), looked AS MATERIALIZED (
            SELECT g.*, seen.head AS seen_head, l.kind, l.head, l.last_ordinal, member.role,
                place.id AS place_id, place.kind AS place_kind, place.readers, threads.root_id,
                coalesce(g.spoken_for, side.party_id, member.person_id) AS party_id, k.name, k.picture,
                first.id AS first_id, groups.archived_at IS NOT NULL AS archived,
                groups.is_open AND EXISTS (SELECT FROM employees e WHERE e.person_id = g.person_id) AS may_join,
                $12 > 0 AND coalesce(u.messages, 0) + g.messages > $12
                    OR $13 > 0 AND coalesce(u.bytes, 0) + g.bytes > $13 AS over_quota,
                quoted.ordinal AS quoted_ordinal, quoted.sender_id AS quoted_sender_id,
                left(quoted.text, 200) AS quoted_excerpt,
                coalesce(jsonb_array_length(quoted.attachments), 0) AS quoted_attachments,
                quoted_card.name AS quoted_sender_name, quoted_card.picture AS quoted_sender_picture
            FROM given g
            LEFT JOIN conversations seen ON seen.id = g.conversation_id
            LEFT JOIN conversations place ON place.id = coalesce(seen.parent_id, seen.id)
            LEFT JOIN threads ON threads.conversation_id = seen.id AND seen.parent_id IS NOT NULL
            LEFT JOIN locked l ON l.id = g.conversation_id
            LEFT JOIN LATERAL (
                SELECT p.party_id FROM participants p
                JOIN acting_parties a ON a.party_id = p.party_id AND a.person_id = g.person_id
                WHERE p.conversation_id = place.id
                ORDER BY p.party_id = g.person_id DESC LIMIT 1
            ) AS side ON true
            LEFT JOIN LATERAL (
                SELECT m.person_id, m.role FROM memberships m
                JOIN employees e ON e.person_id = m.person_id
                WHERE m.conversation_id = place.id AND m.person_id = g.person_id
            ) AS member ON true
            LEFT JOIN groups ON groups.conversation_id = place.id
            LEFT JOIN LATERAL (
                SELECT x.id FROM messages x WHERE x.sender_id = g.person_id AND x.key = g.key LIMIT 1
            ) AS first ON true
            LEFT JOIN person_cards k ON k.id = g.person_id
            LEFT JOIN messages quoted ON quoted.id = g.reply_to AND quoted.conversation_id = g.conversation_id
                AND quoted.deleted_at IS NULL
            LEFT JOIN person_cards quoted_card ON quoted_card.id = quoted.sender_id
            LEFT JOIN daily_usage u ON u.person_id = g.person_id AND u.day = ($11::timestamptz AT TIME ZONE 'UTC')::date
        ), fresh AS MATERIALIZED (
            SELECT *, row_number() OVER (PARTITION BY conversation_id ORDER BY position) AS step,
                -- Only members are mentioned, in a thread below a direct chat the two of it.
                CASE WHEN mentioned IS NOT NULL THEN ARRAY(
                    SELECT m.person_id FROM memberships m
                    WHERE m.conversation_id = looked.place_id AND m.person_id = ANY (mentioned::uuid[])
                    UNION SELECT p.party_id FROM participants p
                    WHERE looked.kind = 'thread' AND p.conversation_id = looked.place_id
                        AND p.party_id = ANY (mentioned::uuid[])
                ) END AS mentions
            FROM looked
            WHERE head = seen_head AND party_id IS NOT NULL AND first_id IS NULL AND NOT archived AND NOT over_quota
                AND role IS DISTINCT FROM 'reader' AND (role IN ('owner', 'moderator') OR NOT mentions_all)
                AND (reply_to IS NULL OR quoted_ordinal IS NOT NULL)
        ), said AS (
            INSERT INTO messages (
                conversation_id, ordinal, id, number, kind, party_id, sender_id, text, attachments, key, created_at,
                mentions, mentions_all, reply_to, forwarded
            )
            SELECT conversation_id, last_ordinal + step, id, head + step, $10, party_id, person_id, text,
                attachments::jsonb, key, $11, mentions, mentions_all, reply_to,
                forwarded::jsonb
            FROM fresh
        ), mentioned AS (
            INSERT INTO mentions (conversation_id, person_id, ordinal)
            SELECT conversation_id, unnest(mentions), last_ordinal + step FROM fresh WHERE mentions IS NOT NULL
        ), undrafted AS (
            DELETE FROM drafts d USING fresh
            WHERE fresh.draft IS NOT NULL AND d.person_id = fresh.person_id
                AND d.conversation_id = fresh.conversation_id AND d.revision <= fresh.draft
            RETURNING d.person_id, d.conversation_id
        ), changed AS MATERIALIZED (
            SELECT append_changes(
                array_agg(conversation_id), array_agg(head + step), 'message_sent', array_agg(id), $11
            )
            FROM fresh
        ), used AS MATERIALIZED (
            SELECT add_usage(
                ($11::timestamptz AT TIME ZONE 'UTC')::date, array_agg(person_id), array_agg(messages), array_agg(bytes)
            )
            FROM (
                SELECT person_id, count(*) AS messages, sum(octet_length(text))::bigint AS bytes
                FROM fresh WHERE person_id IS NOT NULL GROUP BY person_id
            ) AS each
        ), place AS MATERIALIZED (
            SELECT conversation_id, max(kind) AS kind, max(head + step) AS head,
                max(last_ordinal + step) AS last_ordinal, array_agg(party_id ORDER BY position) AS speakers
            FROM fresh GROUP BY conversation_id
        ), moved AS (
            UPDATE conversations c SET head = place.head, last_ordinal = place.last_ordinal,
                last_message_at = greatest(c.last_message_at, $11)
            FROM place WHERE c.id = place.conversation_id
        ), sides AS (
            -- The two of a storefront or direct chat; whoever put it away has it back.
            UPDATE participants p SET
                sent = p.sent + cardinality(array_positions(speakers, p.party_id)),
                last_message_at = greatest(p.last_message_at, $11), archived_at = NULL, archived_by = NULL,
                wrote_at = CASE WHEN $10 = 'text' AND p.party_id = ANY (speakers) THEN $11 ELSE p.wrote_at END,
                confirmed_at = CASE
                    WHEN $10 = 'confirmation' AND p.party_id = ANY (speakers) THEN $11 ELSE p.confirmed_at
                END
            FROM place WHERE p.conversation_id = place.conversation_id
        ), spoke AS (
            UPDATE memberships m SET sent_after_read = m.sent_after_read + count
            FROM (
                SELECT conversation_id, person_id, count(*) FROM fresh WHERE role IS NOT NULL AND kind <> 'thread'
                GROUP BY 1, 2
            ) AS own
            WHERE m.conversation_id = own.conversation_id AND m.person_id = own.person_id
        ), followed AS (
            -- Who replies in a thread, or is mentioned in it, follows it from then on.
            INSERT INTO memberships AS m (
                conversation_id, person_id, role, level, joined_at, read_ordinal, sent_after_read, of_thread
            )
            SELECT conversation_id, person_id, 'member', 'all', $11, max(last_ordinal), sum(own), true
            FROM (
                SELECT conversation_id, person_id, last_ordinal, 1 AS own FROM fresh WHERE kind = 'thread'
                UNION ALL
                SELECT conversation_id, unnest(mentions), last_ordinal, 0 FROM fresh WHERE kind = 'thread'
            ) AS concerned
            GROUP BY 1, 2 ORDER BY 1, 2
            ON CONFLICT (conversation_id, person_id) DO UPDATE
                SET sent_after_read = m.sent_after_read + excluded.sent_after_read,
                    -- Once a day: what stands in an index is written anew in all of them.
                    joined_at = CASE
                        WHEN m.joined_at < excluded.joined_at - interval '1 day' THEN excluded.joined_at
                        ELSE m.joined_at
                    END
        ), replied AS (
            UPDATE threads t SET replies = replies + cardinality(speakers), last_reply_at = $11,
                (repliers, replies_of) = (
                    SELECT array_agg(person ORDER BY place), array_agg(replies ORDER BY place)
                    FROM (
                        SELECT person, min(place) AS place, sum(replies)::bigint AS replies
                        FROM (
                            SELECT * FROM unnest(t.repliers, t.replies_of)
                                WITH ORDINALITY AS there (person, replies, place)
                            UNION ALL
                            SELECT person, 1, cardinality(t.repliers) + place
                            FROM unnest(speakers) WITH ORDINALITY AS added (person, place)
                        ) AS each
                        GROUP BY person ORDER BY min(place) LIMIT 5
                    ) AS first
                )
            FROM place WHERE place.kind = 'thread' AND t.conversation_id = place.conversation_id
        )
        SELECT looked.party_id, looked.kind, looked.head, looked.last_ordinal, looked.seen_head,
            looked.place_id, looked.place_kind, looked.readers, looked.root_id,
            looked.first_id, looked.name, looked.picture, looked.archived, looked.role, looked.may_join,
            looked.over_quota, fresh.step, fresh.mentions, fresh.draft IS NOT NULL AND EXISTS (
                SELECT FROM undrafted u
                WHERE u.person_id = looked.person_id AND u.conversation_id = looked.conversation_id
            ) AS undrafted, looked.quoted_ordinal, looked.quoted_sender_id,
            looked.quoted_excerpt, looked.quoted_attachments, looked.quoted_sender_name, looked.quoted_sender_picture
        FROM looked
        LEFT JOIN fresh ON fresh.position = looked.position
        CROSS JOIN used CROSS JOIN changed
        ORDER BY looked.position
        """,
        *columns,
        kind,
        at,
        most_messages,
        most_bytes,
        replied_to,
        draft_revisions,
        forwarded,
    )


async def find_by_key(queries: Queries, sender_id: UUID, key: str) -> UUID | None:
    """The message that bears a key of its sender."""
    return await queries.fetchval("SELECT id FROM messages WHERE sender_id = $1 AND key = $2", sender_id, key)


async def attach(transaction: Transaction, message_id: UUID, conversation_id: UUID, file_ids: Sequence[UUID]) -> None:
    """Notes which files belong to a message."""
    await transaction.execute(
        """
        INSERT INTO attachments (file_id, message_id, conversation_id)
        SELECT file_id, $2, $3 FROM unnest($1::uuid[]) AS file_id
        """,
        file_ids,
        message_id,
        conversation_id,
    )
