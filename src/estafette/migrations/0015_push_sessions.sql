-- A push subscription belongs to the session that made it, and ends with it.

CREATE VIEW open_sessions AS
SELECT sessions.id, sessions.person_id, sessions.expires_at
FROM sessions JOIN people ON people.id = sessions.person_id
WHERE people.disabled_at IS NULL;
COMMENT ON VIEW open_sessions IS 'Published: sessions that nobody has ended, of people who may sign in; one whose expires_at has come is over, too';

-- Nobody noted which session made the subscriptions there are, and one that was ended must be told nothing: they all
-- end here, with what waits for them. Whoever wants to be told switches it on again in the browser.
DROP TABLE push_subscriptions;

CREATE TABLE push_endpoints (
    id uuid PRIMARY KEY,
    endpoint text NOT NULL UNIQUE,
    p256dh bytea NOT NULL,
    auth bytea NOT NULL,
    changed_at timestamptz NOT NULL
);
COMMENT ON TABLE push_endpoints IS 'Browsers at their push services; one that is gone is removed, and one that nobody subscribes to';

CREATE TABLE push_subscriptions (
    id uuid PRIMARY KEY,
    endpoint_id uuid NOT NULL UNIQUE REFERENCES push_endpoints ON DELETE CASCADE,
    session_id uuid NOT NULL,
    label text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX push_subscriptions_by_session ON push_subscriptions (session_id);
COMMENT ON TABLE push_subscriptions IS 'Sessions that want to be told, each at its browser; without an open session (open_sessions) one has ended';
