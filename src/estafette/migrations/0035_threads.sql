-- Threads: conversations below a message of a direct chat, group or channel. Who may read and write in one is asked of
-- its parent each time and kept nowhere else; who follows one has a membership of it.

ALTER TABLE conversations DROP CONSTRAINT conversations_kind_check;
ALTER TABLE conversations ADD COLUMN parent_id uuid REFERENCES conversations;
ALTER TABLE conversations ADD CONSTRAINT conversations_kind_check
    CHECK (kind IN ('storefront', 'direct', 'group', 'channel', 'thread') AND (kind = 'thread') = (parent_id IS NOT NULL));
COMMENT ON COLUMN conversations.parent_id IS 'Of a thread: the conversation of the message it is below, whose rights are its own';
COMMENT ON COLUMN conversations.readers IS 'Topics: whoever has one of them (person_topics) may read. Two-sided kinds: their two parties; a group or closed channel: its own id; an open channel: its own id and the organisation''s; a thread has none, its parent is asked';

CREATE TABLE threads (
    conversation_id uuid PRIMARY KEY REFERENCES conversations,
    parent_id uuid NOT NULL REFERENCES conversations,
    root_id uuid NOT NULL UNIQUE,
    root_ordinal bigint NOT NULL,
    replies bigint NOT NULL DEFAULT 0,
    last_reply_at timestamptz,
    repliers uuid[] NOT NULL DEFAULT '{}'
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX threads_of_parent ON threads (parent_id, root_ordinal);
COMMENT ON TABLE threads IS 'What is shown below the message that a thread begins with; written while the thread is locked';
COMMENT ON COLUMN threads.replies IS 'How many messages of the thread are not deleted';
COMMENT ON COLUMN threads.repliers IS 'The first five who replied, in their order';

ALTER TABLE memberships ADD COLUMN of_thread boolean NOT NULL DEFAULT false;
DROP INDEX memberships_by_person;
-- So that whoever follows thousands of threads has their groups and channels read without them.
CREATE INDEX memberships_by_person ON memberships (person_id, of_thread, conversation_id);
COMMENT ON TABLE memberships IS 'Who is in a group or channel, or follows a thread; a row is written by acts of its own person and of who invites, removes, promotes or mentions them, never by a mere message of somebody else';
COMMENT ON COLUMN memberships.of_thread IS 'A follower of a thread: it gives no right to read, its parent does';

CREATE OR REPLACE VIEW person_topics AS
SELECT person_id, party_id AS topic_id FROM acting_parties
UNION ALL
SELECT memberships.person_id, memberships.conversation_id AS topic_id
FROM memberships JOIN employees ON employees.person_id = memberships.person_id
WHERE NOT memberships.of_thread
UNION ALL
SELECT person_id, '00000000-0000-4000-8000-000000000001'::uuid AS topic_id FROM employees;

CREATE VIEW thread_summaries AS
SELECT threads.root_id, threads.parent_id, threads.root_ordinal, conversations.head AS number, jsonb_build_object(
    'id', threads.conversation_id, 'number', conversations.head, 'replies', threads.replies,
    'last_reply_at', threads.last_reply_at,
    'repliers', coalesce((
        SELECT jsonb_agg(jsonb_build_object('id', given.id, 'name', card.name, 'picture', card.picture) ORDER BY place)
        FROM unnest(threads.repliers) WITH ORDINALITY AS given (id, place)
        JOIN person_cards card ON card.id = given.id
    ), '[]')
) AS summary
FROM threads JOIN conversations ON conversations.id = threads.conversation_id;
COMMENT ON VIEW thread_summaries IS 'What is shown below a message that a thread begins with, as it travels';

CREATE FUNCTION may_read_thread(of_conversation uuid, by_person uuid)
RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM threads
        JOIN conversations ON conversations.id = threads.parent_id
        JOIN person_topics ON person_topics.topic_id = ANY (conversations.readers)
        WHERE threads.conversation_id = of_conversation AND person_topics.person_id = by_person
    );
END $$;
COMMENT ON FUNCTION may_read_thread IS 'Whether somebody may read the parent of a thread: who follows it may have lost that since';
