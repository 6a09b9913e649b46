-- Emoji with which people react to messages.

CREATE TABLE message_reactions (
    message_id uuid NOT NULL,
    emoji text NOT NULL,
    person_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    ordinal bigint NOT NULL,
    number bigint NOT NULL,
    at timestamptz NOT NULL,
    taken_back boolean NOT NULL DEFAULT false,
    PRIMARY KEY (message_id, emoji, person_id)
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX message_reactions_number ON message_reactions (conversation_id, number);
CREATE INDEX message_reactions_first ON message_reactions (message_id, emoji, number) WHERE NOT taken_back;
COMMENT ON TABLE message_reactions IS 'Who reacts to which message with what; what was taken back stays, so that its change can be told, until the message is deleted';
COMMENT ON COLUMN message_reactions.ordinal IS 'That of the message';
COMMENT ON COLUMN message_reactions.number IS 'Number of the newest change that touched it: an older one has nothing to tell any more';

CREATE TABLE message_reaction_counts (
    message_id uuid NOT NULL,
    emoji text NOT NULL,
    count integer NOT NULL,
    since bigint NOT NULL,
    PRIMARY KEY (message_id, emoji)
) WITH (fillfactor = 70);
COMMENT ON TABLE message_reaction_counts IS 'How many react with what: kept, so that showing a message does not count them';
COMMENT ON COLUMN message_reaction_counts.since IS 'Number of the change with which it appeared: their order';

ALTER TABLE messages ADD COLUMN reacted boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN messages.reacted IS 'Whether somebody has ever reacted to it: what is shown of all others is asked for no reactions';
