-- WhatsApp: who wrote within a day, what numbers are called there, and which templates Meta has approved.

CREATE TABLE whatsapp_windows (
    gateway_id uuid NOT NULL,
    wa_id text NOT NULL,
    wrote_at timestamptz NOT NULL,
    PRIMARY KEY (gateway_id, wa_id)
) WITH (fillfactor = 70);
COMMENT ON TABLE whatsapp_windows IS 'When somebody last wrote to the number of a gateway: for a day from then on they may be written to in our own words';

CREATE TABLE whatsapp_ids (
    gateway_id uuid NOT NULL,
    recipient text NOT NULL,
    wa_id text NOT NULL,
    PRIMARY KEY (gateway_id, recipient)
);
COMMENT ON TABLE whatsapp_ids IS 'What WhatsApp calls a phone number, as it answered when it was written to: not always its digits';

CREATE TABLE whatsapp_templates (
    gateway_id uuid NOT NULL REFERENCES gateways,
    name text NOT NULL,
    language text NOT NULL,
    category text NOT NULL,
    state text NOT NULL,
    body text NOT NULL,
    places text[] NOT NULL,
    header text,
    sendable boolean NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (gateway_id, name, language)
);
COMMENT ON COLUMN whatsapp_templates.places IS 'The places of its body in order, numbers or names';
COMMENT ON COLUMN whatsapp_templates.header IS 'TEXT, or what kind of media it asks for: IMAGE, VIDEO, DOCUMENT';
COMMENT ON COLUMN whatsapp_templates.sendable IS 'Whether it asks for nothing beside the places of its body and media at its head';

CREATE TABLE whatsapp_refreshes (
    gateway_id uuid PRIMARY KEY REFERENCES gateways,
    version bigint NOT NULL,
    due_at timestamptz NOT NULL,
    refreshed_at timestamptz,
    error text
);
COMMENT ON TABLE whatsapp_refreshes IS 'When the templates of a gateway were last fetched, and when they are fetched again';
COMMENT ON COLUMN whatsapp_refreshes.version IS 'Of the gateway: one that was changed since is asked at once';

ALTER TABLE notification_steps DROP CONSTRAINT notification_steps_channel_check;
ALTER TABLE notification_steps ADD CONSTRAINT notification_steps_channel_check
    CHECK (channel IN ('push', 'email', 'sms', 'whatsapp')) NOT VALID;

ALTER TABLE receipts ADD COLUMN suppress boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN receipts.suppress IS 'It says that its recipient must not be written to again; heeded when its delivery is found';
