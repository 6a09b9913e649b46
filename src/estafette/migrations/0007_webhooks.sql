-- Programs of others that want to be told when something happened.

CREATE TABLE webhooks (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    url text NOT NULL,
    events text[] NOT NULL CHECK (cardinality(events) > 0),
    secret bytea NOT NULL,
    enabled boolean NOT NULL,
    failures integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    disabled_at timestamptz
) WITH (fillfactor = 80);
CREATE INDEX webhooks_by_owner ON webhooks (owner_id);
COMMENT ON COLUMN webhooks.secret IS 'Encrypted with the key in the data folder; signs each call (Standard Webhooks)';

CREATE TABLE webhook_calls (
    id uuid PRIMARY KEY,
    webhook_id uuid NOT NULL REFERENCES webhooks ON DELETE CASCADE,
    event text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    not_before timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    status integer,
    failure text,
    done_at timestamptz
) WITH (fillfactor = 80);
CREATE INDEX webhook_calls_waiting ON webhook_calls (not_before) WHERE done_at IS NULL;
CREATE INDEX webhook_calls_by_webhook ON webhook_calls (webhook_id, created_at);
COMMENT ON COLUMN webhook_calls.id IS 'Also the webhook-id that the receiver sees: the same on each attempt';
COMMENT ON COLUMN webhook_calls.done_at IS 'Answered, or given up (then failure says why)';
