-- Conversations of any size: who may read is a word of the conversation itself, so that no statement, event or document
-- names everybody who is in it; direct chats, groups and channels beside storefronts; changes stored by a function, so
-- that whoever stores what changed does so in one statement.

ALTER TABLE role_grants DROP CONSTRAINT role_grants_role_check;
ALTER TABLE role_grants ADD CONSTRAINT role_grants_role_check
    CHECK (role IN ('customer', 'employee', 'administrator', 'service'));

-- Published by accounts.
CREATE VIEW employees AS
SELECT people.id AS person_id
FROM people JOIN role_grants ON role_grants.person_id = people.id AND role_grants.role = 'employee'
WHERE people.disabled_at IS NULL;
COMMENT ON VIEW employees IS 'Who belongs to the organisation itself: may find, open and join its conversations';

CREATE FUNCTION append_changes(streams uuid[], numbers bigint[], of_kind text, subjects uuid[], happened_at timestamptz)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    WITH change AS (
        SELECT * FROM unnest(streams, numbers, subjects) AS given (stream_id, number, subject_id)
    ), kept AS (
        INSERT INTO changes (stream_id, number, kind, subject_id, at)
        SELECT stream_id, number, of_kind, subject_id, happened_at FROM change
    )
    INSERT INTO pending_reactions (stream_id, number, kind, subject_id, at)
    SELECT stream_id, number, of_kind, subject_id, happened_at FROM change;
END $$;
COMMENT ON FUNCTION append_changes IS 'The only way into changes and pending_reactions: statements of others call it, so that what changed and its change are stored in one round trip';

ALTER TABLE conversations DROP CONSTRAINT conversations_kind_check;
ALTER TABLE conversations ADD CONSTRAINT conversations_kind_check
    CHECK (kind IN ('storefront', 'direct', 'group', 'channel'));
ALTER TABLE conversations ADD COLUMN readers uuid[] NOT NULL DEFAULT '{}';
UPDATE conversations c SET readers = ARRAY(
    SELECT party_id FROM participants p WHERE p.conversation_id = c.id ORDER BY role
);
ALTER TABLE conversations ALTER COLUMN readers DROP DEFAULT;
COMMENT ON COLUMN conversations.readers IS 'Topics: whoever has one of them (person_topics) may read. Two-sided kinds: their two parties; a group or closed channel: its own id; an open channel: its own id and the organisation''s';

ALTER TABLE participants DROP CONSTRAINT participants_role_check;
ALTER TABLE participants ADD CONSTRAINT participants_role_check CHECK (role IN ('customer', 'partner', 'person'));
COMMENT ON TABLE participants IS 'The two parties of a storefront or direct chat; groups and channels have memberships';

ALTER TABLE reads RENAME COLUMN others TO others_read;
ALTER TABLE reads ADD COLUMN counted bigint NOT NULL DEFAULT 0;
UPDATE reads r SET counted = CASE WHEN ordinal > 0 THEN ordinal ELSE (
    SELECT count(*) FROM messages m WHERE m.conversation_id = r.conversation_id AND m.created_at <= r.at
) END;
ALTER TABLE reads ALTER COLUMN counted DROP DEFAULT;
COMMENT ON COLUMN reads.ordinal IS 'The last message that the person has seen; 0: none yet';
COMMENT ON COLUMN reads.counted IS 'Up to here nothing counts as unread: what was seen, or was there before the person joined the partner';
COMMENT ON COLUMN reads.others_read IS 'How many messages of the other party there are up to `counted`';

CREATE INDEX read_marks_at ON read_marks (at);
COMMENT ON TABLE read_marks IS 'Steps of a person through a storefront or direct chat of the last 90 days: a message was seen at the first mark at or after it';

CREATE INDEX messages_deleted ON messages (conversation_id, ordinal) WHERE deleted_at IS NOT NULL;

CREATE FUNCTION count_unread(of_conversation uuid, more bigint, after_ordinal bigint, mine uuid)
RETURNS bigint LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF more > 0 THEN
        more := more - (
            SELECT count(*) FROM messages
            WHERE conversation_id = of_conversation AND ordinal > after_ordinal AND deleted_at IS NOT NULL
                AND party_id <> mine
        );
    END IF;
    RETURN greatest(more, 0);
END $$;
COMMENT ON FUNCTION count_unread IS 'Of so many more messages of others after an ordinal those that were not deleted since';

CREATE TABLE direct_chats (
    first_id uuid NOT NULL,
    second_id uuid NOT NULL,
    conversation_id uuid NOT NULL UNIQUE REFERENCES conversations,
    PRIMARY KEY (first_id, second_id),
    CHECK (first_id < second_id)
);
COMMENT ON TABLE direct_chats IS 'One direct chat per pair of people';

CREATE TABLE groups (
    conversation_id uuid PRIMARY KEY REFERENCES conversations,
    name text NOT NULL,
    name_key text NOT NULL,
    purpose text NOT NULL DEFAULT '',
    is_open boolean NOT NULL,
    members integer NOT NULL DEFAULT 0,
    created_by uuid NOT NULL,
    archived_at timestamptz
) WITH (fillfactor = 70);
CREATE INDEX groups_open ON groups (name_key, conversation_id) WHERE is_open AND archived_at IS NULL;
COMMENT ON TABLE groups IS 'What groups and channels have beside what all conversations have; written while the conversation is locked';
COMMENT ON COLUMN groups.archived_at IS 'Since when nobody writes in it any more';

CREATE TABLE memberships (
    conversation_id uuid NOT NULL REFERENCES conversations,
    person_id uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('owner', 'moderator', 'member', 'reader')),
    level text NOT NULL CHECK (level IN ('all', 'mentions', 'nothing')),
    joined_at timestamptz NOT NULL,
    added_by uuid,
    read_ordinal bigint NOT NULL,
    sent_after_read bigint NOT NULL DEFAULT 0,
    read_at timestamptz,
    PRIMARY KEY (conversation_id, person_id)
) WITH (fillfactor = 70);
CREATE INDEX memberships_by_person ON memberships (person_id, conversation_id);
CREATE INDEX memberships_told ON memberships (conversation_id, person_id) WHERE level = 'all';
CREATE INDEX memberships_in_charge ON memberships (conversation_id, role) WHERE role IN ('owner', 'moderator');
COMMENT ON TABLE memberships IS 'Who is in a group or channel; a row is written by acts of its own person and of who invites, removes or promotes them, never by a message of somebody else';
COMMENT ON COLUMN memberships.sent_after_read IS 'Own messages after read_ordinal: unread = last ordinal - read_ordinal - these - deleted ones of others';

CREATE TABLE mentions (
    conversation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    ordinal bigint NOT NULL,
    PRIMARY KEY (conversation_id, person_id, ordinal)
);
COMMENT ON TABLE mentions IS 'Which message mentions whom: what is unread of it is a range of the key';

CREATE TABLE pending_notices (
    message_id uuid PRIMARY KEY,
    after_id uuid NOT NULL,
    not_before timestamptz NOT NULL DEFAULT '-infinity'
);
CREATE INDEX pending_notices_in_turn ON pending_notices (not_before);
COMMENT ON TABLE pending_notices IS 'Messages to many, of which members with a greater id are still to be told: they are told a thousand at a time';

CREATE TABLE stale_search_entries (
    conversation_id uuid PRIMARY KEY,
    not_before timestamptz NOT NULL DEFAULT '-infinity'
);
COMMENT ON TABLE stale_search_entries IS 'Conversations whose openness changed: what the index says of their readers is written anew, some entries at a time';

ALTER TABLE messages ADD COLUMN mentions uuid[];
ALTER TABLE messages ADD COLUMN mentions_all boolean NOT NULL DEFAULT false;
ALTER TABLE messages ADD COLUMN pinned_at timestamptz;
CREATE INDEX messages_pinned ON messages (conversation_id, ordinal) WHERE pinned_at IS NOT NULL;
COMMENT ON COLUMN messages.mentions IS 'Members that it mentions, as they were when it was sent';

-- Published by conversations: the organisation is a topic of its own (accounts.ORGANISATION).
CREATE VIEW person_topics AS
SELECT person_id, party_id AS topic_id FROM acting_parties
UNION ALL
SELECT memberships.person_id, memberships.conversation_id AS topic_id
FROM memberships JOIN employees ON employees.person_id = memberships.person_id
UNION ALL
SELECT person_id, '00000000-0000-4000-8000-000000000001'::uuid AS topic_id FROM employees;
COMMENT ON VIEW person_topics IS 'What a person may read and is told live: the parties they act for, the groups and channels they are in, and, for employees, the organisation';

CREATE FUNCTION add_usage(of_day date, people uuid[], messages bigint[], bytes bigint[])
RETURNS void LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO daily_usage AS u (person_id, day, messages, bytes)
    SELECT given.person_id, of_day, given.messages, given.bytes
    FROM unnest(people, add_usage.messages, add_usage.bytes) AS given (person_id, messages, bytes)
    -- In one order, so that two who count the same do not wait for each other in a circle.
    ORDER BY given.person_id
    ON CONFLICT (person_id, day) DO UPDATE SET
        messages = u.messages + excluded.messages, bytes = u.bytes + excluded.bytes;
END $$;
COMMENT ON FUNCTION add_usage IS 'count_usage for those who need not be told what has been used now: half the work';

-- As before, with a plan that is kept: PostgreSQL 16 and 17 plan a function in the language sql anew at each call.
CREATE OR REPLACE FUNCTION count_usage(
    of_day date, people uuid[], messages bigint[], deliveries bigint[], bytes bigint[]
) RETURNS jsonb LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    totals jsonb;
BEGIN
    WITH counted AS (
        INSERT INTO daily_usage AS u (person_id, day, messages, deliveries, bytes)
        SELECT given.person_id, of_day, given.messages, given.deliveries, given.bytes
        FROM unnest(people, count_usage.messages, count_usage.deliveries, count_usage.bytes)
            AS given (person_id, messages, deliveries, bytes)
        -- In one order, so that two who count the same do not wait for each other in a circle.
        ORDER BY given.person_id
        ON CONFLICT (person_id, day) DO UPDATE SET
            messages = u.messages + excluded.messages,
            deliveries = u.deliveries + excluded.deliveries,
            bytes = u.bytes + excluded.bytes
        RETURNING u.person_id, u.messages, u.deliveries, u.bytes
    )
    SELECT jsonb_object_agg(counted.person_id, jsonb_build_array(counted.messages, counted.deliveries, counted.bytes))
    INTO totals FROM counted;
    RETURN totals;
END $$;
