-- News by push: browsers that asked for them, signed in or not, and broadcasts to all of these.

CREATE TABLE broadcast_subscriptions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic text NOT NULL,
    endpoint text NOT NULL,
    p256dh bytea NOT NULL,
    auth bytea NOT NULL,
    language text NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (endpoint, topic)
);
CREATE INDEX broadcast_subscriptions_by_topic ON broadcast_subscriptions (topic, id);
COMMENT ON TABLE broadcast_subscriptions IS 'Browsers that want the news of a topic; of nobody in particular, apart from push_subscriptions, which are of sessions';
COMMENT ON COLUMN broadcast_subscriptions.auth IS 'Known to the browser and to us (RFC 8291): whoever has it may unsubscribe';

CREATE TABLE broadcasts (
    id uuid PRIMARY KEY,
    topic text NOT NULL,
    content jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('running', 'paused', 'completed', 'cancelled')),
    reached bigint NOT NULL DEFAULT 0,
    last bigint NOT NULL,
    served_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE INDEX broadcasts_in_turn ON broadcasts (served_at, id) WHERE state = 'running';
CREATE INDEX broadcasts_expiring ON broadcasts (expires_at) WHERE state IN ('running', 'paused');
COMMENT ON TABLE broadcasts IS 'One text to all subscriptions of a topic; who leases a range of them, or changes its state, holds its lock';
COMMENT ON COLUMN broadcasts.reached IS 'Up to which subscription ranges were leased; whoever is next begins behind it';
COMMENT ON COLUMN broadcasts.last IS 'The newest subscription when it began: who subscribes later is not told of it';

CREATE TABLE broadcast_ranges (
    id uuid PRIMARY KEY,
    broadcast_id uuid NOT NULL REFERENCES broadcasts,
    dispatcher_id uuid NOT NULL,
    subscription_ids bigint[] NOT NULL,
    refusals smallint[] NOT NULL,
    leased_at timestamptz NOT NULL
);
CREATE INDEX broadcast_ranges_of_broadcast ON broadcast_ranges (broadcast_id);
CREATE INDEX broadcast_ranges_of_dispatcher ON broadcast_ranges (dispatcher_id);
COMMENT ON TABLE broadcast_ranges IS 'What a worker is submitting just now; if it dies, all of it may have been submitted and none is repeated';

CREATE TABLE broadcast_retries (
    broadcast_id uuid NOT NULL REFERENCES broadcasts,
    subscription_id bigint NOT NULL,
    refusals smallint NOT NULL,
    not_before timestamptz NOT NULL,
    PRIMARY KEY (broadcast_id, subscription_id)
);
CREATE INDEX broadcast_retries_due ON broadcast_retries (broadcast_id, not_before, subscription_id);
COMMENT ON TABLE broadcast_retries IS 'Single subscriptions of ranges that are submitted later: refused for now, or put back before they were submitted';

CREATE TABLE broadcast_counts (
    broadcast_id uuid NOT NULL REFERENCES broadcasts,
    status text NOT NULL,
    reason text NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (broadcast_id, status, reason)
) WITH (fillfactor = 50);
COMMENT ON TABLE broadcast_counts IS 'How many subscriptions of a broadcast stand where, and why; CREATED: they wait or are in flight';

CREATE TABLE broadcast_settings (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    offered boolean NOT NULL
);
INSERT INTO broadcast_settings (offered) VALUES (true);
COMMENT ON TABLE broadcast_settings IS 'Whether news by push are offered on the public pages, as far as a gateway carries them';
