-- Messages that somebody writes to our numbers and addresses: as they came, stored before they are acknowledged.

CREATE TABLE inbound_messages (
    id uuid PRIMARY KEY,
    gateway_id uuid NOT NULL,
    key text NOT NULL,
    digest bytea NOT NULL,
    channel text NOT NULL CHECK (channel IN ('sms', 'whatsapp', 'email')),
    sender text NOT NULL,
    sender_name text,
    recipient text NOT NULL,
    subject text,
    text text NOT NULL,
    media jsonb,
    automatic boolean NOT NULL,
    delivery_id bigint,
    happened_at timestamptz,
    received_at timestamptz NOT NULL,
    raw bytea,
    UNIQUE (gateway_id, key)
);
CREATE INDEX inbound_messages_by_digest ON inbound_messages (gateway_id, digest, received_at);
CREATE INDEX inbound_messages_raw ON inbound_messages (received_at) WHERE raw IS NOT NULL;
COMMENT ON COLUMN inbound_messages.key IS 'How its gateway names it, or its digest and time: what is told twice is one message';
COMMENT ON COLUMN inbound_messages.sender IS 'A phone number in E.164 where it is one, or an e-mail address';
COMMENT ON COLUMN inbound_messages.automatic IS 'A program wrote it (a note about a holiday): it is nobody''s answer';
COMMENT ON COLUMN inbound_messages.delivery_id IS 'The delivery that it says it answers';
COMMENT ON COLUMN inbound_messages.raw IS 'As it came; kept for 30 days';

CREATE TABLE inbound_parts (
    gateway_id uuid NOT NULL,
    sender text NOT NULL,
    recipient text NOT NULL,
    reference integer NOT NULL,
    parts smallint NOT NULL,
    part smallint NOT NULL,
    text text NOT NULL,
    raw bytea NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (gateway_id, sender, recipient, reference, parts, part)
);
CREATE INDEX inbound_parts_oldest ON inbound_parts (received_at);
COMMENT ON TABLE inbound_parts IS 'Segments of long text messages whose other segments are awaited';
