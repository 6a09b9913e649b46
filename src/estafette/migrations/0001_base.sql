-- The ground floor: the change feed, what is still due because of a change, answers kept for retries, rate limits.

CREATE TABLE streams (
    id uuid PRIMARY KEY,
    head bigint NOT NULL
) WITH (fillfactor = 70);
COMMENT ON TABLE streams IS 'Last number of each stream that has no row of its own to keep it in (persons, partners)';

CREATE TABLE changes (
    stream_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (stream_id, number)
);
COMMENT ON TABLE changes IS 'What changed, gap-free per stream and for ever; it holds no text, so what was deleted is gone';

CREATE TABLE due (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream_id uuid NOT NULL,
    number bigint NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    at timestamptz NOT NULL,
    not_before timestamptz NOT NULL DEFAULT '-infinity',
    attempts integer NOT NULL DEFAULT 0,
    failure text
);
COMMENT ON TABLE due IS 'Changes whose reactions have not run yet; a row goes in the transaction that runs them';

CREATE TABLE idempotency_keys (
    owner_id uuid NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    status integer,
    headers jsonb,
    body bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (owner_id, key)
);
CREATE INDEX idempotency_keys_created_at ON idempotency_keys (created_at);

CREATE UNLOGGED TABLE rate_limits (
    bucket text PRIMARY KEY,
    count integer NOT NULL,
    ends_at timestamptz NOT NULL
) WITH (fillfactor = 70);
CREATE INDEX rate_limits_ends_at ON rate_limits (ends_at);

CREATE TABLE instance (
    name text PRIMARY KEY,
    value text NOT NULL
);
COMMENT ON TABLE instance IS 'Facts about this installation, such as the code that lets the first administrator in';
