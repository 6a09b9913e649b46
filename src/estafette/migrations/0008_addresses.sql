-- Whose an e-mail address is, and the links in mails that prove it.

ALTER TABLE people ADD COLUMN email_confirmed_at timestamptz;
-- Who is here already has been believed so far.
UPDATE people SET email_confirmed_at = created_at;
COMMENT ON COLUMN people.email_confirmed_at IS 'When the address was proved to be this person''s; NULL: not yet';

CREATE TABLE mailed_links (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people,
    purpose text NOT NULL CHECK (purpose IN ('password_reset', 'email_confirmation', 'email_changed')),
    email text NOT NULL,
    secret_hash bytea UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX mailed_links_by_person ON mailed_links (person_id, purpose);
CREATE INDEX mailed_links_by_expiry ON mailed_links (expires_at);
COMMENT ON COLUMN mailed_links.email IS 'Where the mail goes; email_changed is a notice to the old address';
COMMENT ON COLUMN mailed_links.secret_hash IS 'SHA-256; the secret is made when the mail is written, and is in that mail only';
