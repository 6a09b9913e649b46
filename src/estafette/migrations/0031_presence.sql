-- Who is there: what people say of themselves, and who is connected to which process.

CREATE TABLE presences (
    person_id uuid PRIMARY KEY,
    status text CHECK (status IN ('available', 'away', 'do_not_disturb')),
    status_until timestamptz,
    emoji text,
    custom_text text,
    custom_until timestamptz,
    last_seen_at timestamptz,
    last_seen_hidden boolean NOT NULL DEFAULT false
) WITH (fillfactor = 80);
COMMENT ON TABLE presences IS 'What people say of themselves, and when they were last connected; who never said anything and never came has no row';
COMMENT ON COLUMN presences.status IS 'Set by hand, until status_until or for good; NULL: what is known of their connections';
COMMENT ON COLUMN presences.last_seen_at IS 'When the last of their connections ended; of no meaning while they are connected';

-- Not logged: after a crash of PostgreSQL every process tells anew who is connected to it.
CREATE UNLOGGED TABLE presence_processes (
    id uuid PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
COMMENT ON TABLE presence_processes IS 'Web processes that hold connections; one that does not move its expiry on is dead, and nobody is connected to it';

CREATE UNLOGGED TABLE presence_connections (
    person_id uuid NOT NULL,
    process_id uuid NOT NULL REFERENCES presence_processes ON DELETE CASCADE,
    is_active boolean NOT NULL,
    PRIMARY KEY (person_id, process_id)
) WITH (fillfactor = 80);
CREATE INDEX presence_connections_by_process ON presence_connections (process_id);
COMMENT ON TABLE presence_connections IS 'Who is connected to which process, however often';
COMMENT ON COLUMN presence_connections.is_active IS 'Whether they are active on any device there';

-- Do not disturb is one thing: a presence, which holds the ladder of notifications.
INSERT INTO presences (person_id, status, status_until)
SELECT person_id, 'do_not_disturb', do_not_disturb_until FROM notification_settings WHERE do_not_disturb_until > now();
ALTER TABLE notification_settings DROP COLUMN do_not_disturb_until;

-- Published by presence.
CREATE VIEW do_not_disturb AS SELECT person_id, status_until AS until FROM presences WHERE status = 'do_not_disturb';
COMMENT ON VIEW do_not_disturb IS 'Who set do not disturb, until when (NULL: until they end it); who has passed the end may still be listed';
