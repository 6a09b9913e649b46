-- Threads of many replies, people who follow very many, and reactions that were taken back long ago.

ALTER TABLE threads ADD COLUMN replies_of bigint[] NOT NULL DEFAULT '{}';
UPDATE threads SET replies_of = ARRAY(
    SELECT (
        SELECT count(*) FROM messages m
        WHERE m.conversation_id = threads.conversation_id AND m.sender_id = given.id AND m.deleted_at IS NULL
    )
    FROM unnest(threads.repliers) WITH ORDINALITY AS given (id, place) ORDER BY place
);
COMMENT ON COLUMN threads.replies_of IS 'How many replies each of the repliers has there: who has none left makes room for the next';

-- Whatever concerns the threads of a person looks at those that they took part in last.
CREATE INDEX memberships_of_threads ON memberships (person_id, joined_at DESC, conversation_id DESC) WHERE of_thread;
COMMENT ON COLUMN memberships.joined_at IS 'When the person came into it; of a thread also when they replied or were mentioned in it, to the day';

CREATE INDEX message_reactions_taken_back ON message_reactions (at) WHERE taken_back;
COMMENT ON TABLE message_reactions IS 'Who reacts to which message with what; what was taken back stays for 90 days, so that its change can be told, or until the message is deleted';
