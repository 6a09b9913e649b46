-- Invitations: whoever reads the mail of an address may become a member of a partner, or an administrator.

CREATE TABLE invitations (
    id uuid PRIMARY KEY,
    partner_id uuid REFERENCES partners,
    role text NOT NULL CHECK (role IN ('owner', 'member', 'administrator')),
    email text NOT NULL,
    email_key text NOT NULL,
    secret_hash bytea UNIQUE,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL REFERENCES people,
    expires_at timestamptz NOT NULL,
    mailed_at timestamptz,
    CHECK ((role = 'administrator') = (partner_id IS NULL)),
    UNIQUE NULLS NOT DISTINCT (partner_id, email_key)
);
CREATE INDEX invitations_by_expiry ON invitations (expires_at);
COMMENT ON COLUMN invitations.partner_id IS 'NULL: an invitation to administrate';
COMMENT ON COLUMN invitations.email_key IS 'The address as it is compared, as in people';
COMMENT ON COLUMN invitations.secret_hash IS 'SHA-256; the secret is made when the mail is written, and is in that mail only';
COMMENT ON COLUMN invitations.mailed_at IS 'When the mail was handed over; NULL: not yet, or nothing carries e-mail';
