-- Mailboxes in which answers and bounces arrive: how far each was read, by whom, and when the next look is due.

CREATE TABLE mailboxes (
    gateway_id uuid PRIMARY KEY REFERENCES gateways,
    place text NOT NULL DEFAULT '',
    uid_validity bigint,
    uid bigint,
    look_at timestamptz NOT NULL,
    leased_by uuid,
    leased_until timestamptz,
    failures integer NOT NULL DEFAULT 0,
    read_at timestamptz,
    fault text,
    error text,
    error_at timestamptz
) WITH (fillfactor = 50);
COMMENT ON TABLE mailboxes IS 'One for each gateway whose settings name a mailbox; the position moves in the transaction that stores what was read';
COMMENT ON COLUMN mailboxes.place IS 'Server, user and folder that the position is valid in; another place is read anew';
COMMENT ON COLUMN mailboxes.uid_validity IS 'While it stays the same, numbers of letters only grow (RFC 3501)';
COMMENT ON COLUMN mailboxes.leased_until IS 'Until then nobody else reads it';
