-- Conversations, who is in them, what was said, and who has read what.

CREATE TABLE conversations (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('storefront')),
    head bigint NOT NULL DEFAULT 0,
    last_ordinal bigint NOT NULL DEFAULT 0,
    opened_at timestamptz NOT NULL,
    last_message_at timestamptz
) WITH (fillfactor = 70);
COMMENT ON COLUMN conversations.head IS 'Number of the last change; the row is locked while the next ones are taken';
COMMENT ON COLUMN conversations.last_ordinal IS 'Ordinal of the last message; messages are counted without a gap';

CREATE TABLE participants (
    conversation_id uuid NOT NULL REFERENCES conversations,
    party_id uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('customer', 'partner')),
    sent bigint NOT NULL DEFAULT 0,
    last_message_at timestamptz,
    wrote_at timestamptz,
    confirmed_at timestamptz,
    archived_at timestamptz,
    archived_by uuid,
    PRIMARY KEY (conversation_id, party_id)
) WITH (fillfactor = 70);
CREATE INDEX participants_newest ON participants (party_id, last_message_at DESC, conversation_id DESC);
COMMENT ON TABLE participants IS 'A party (a person, or a partner whose members act for it) in a conversation';
COMMENT ON COLUMN participants.sent IS 'How many messages the party has sent: unread = last ordinal - sent - others read';
COMMENT ON COLUMN participants.wrote_at IS 'When a person of the party last wrote; the automatic confirmation does not count';
COMMENT ON COLUMN participants.confirmed_at IS 'When the automatic confirmation was last given for the party';

CREATE TABLE storefronts (
    customer_id uuid NOT NULL,
    partner_id uuid NOT NULL,
    conversation_id uuid NOT NULL UNIQUE REFERENCES conversations,
    PRIMARY KEY (customer_id, partner_id),
    CHECK (customer_id <> partner_id)
);
COMMENT ON TABLE storefronts IS 'One conversation per customer and partner';

CREATE TABLE messages (
    conversation_id uuid NOT NULL REFERENCES conversations,
    ordinal bigint NOT NULL,
    id uuid NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL CHECK (kind IN ('text', 'confirmation')),
    party_id uuid NOT NULL,
    sender_id uuid,
    text text NOT NULL,
    attachments jsonb,
    key text,
    created_at timestamptz NOT NULL,
    edited_at timestamptz,
    deleted_at timestamptz,
    PRIMARY KEY (conversation_id, ordinal)
);
CREATE UNIQUE INDEX messages_id ON messages (id);
CREATE UNIQUE INDEX messages_key ON messages (sender_id, key) WHERE key IS NOT NULL;
COMMENT ON COLUMN messages.number IS 'Number of the newest change that touched the message';
COMMENT ON COLUMN messages.key IS 'The Idempotency-Key of its sender, unique for ever';

CREATE TABLE attachments (
    file_id uuid PRIMARY KEY,
    message_id uuid NOT NULL,
    conversation_id uuid NOT NULL
);
CREATE INDEX attachments_message ON attachments (message_id);
COMMENT ON TABLE attachments IS 'Which file belongs to which message: whoever sees the conversation may fetch it';

CREATE TABLE reads (
    conversation_id uuid NOT NULL REFERENCES conversations,
    person_id uuid NOT NULL,
    party_id uuid NOT NULL,
    ordinal bigint NOT NULL,
    others bigint NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (conversation_id, person_id)
) WITH (fillfactor = 70);
COMMENT ON COLUMN reads.others IS 'How many messages of other parties there are up to the ordinal';

CREATE TABLE read_marks (
    conversation_id uuid NOT NULL,
    person_id uuid NOT NULL,
    ordinal bigint NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (conversation_id, person_id, ordinal)
);
COMMENT ON TABLE read_marks IS 'Each step of a person through a conversation: a message was seen at the first mark at or after it';
