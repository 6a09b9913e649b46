-- A change of the e-mail address waits for the new mailbox, and the old one can stop it or take it back.

ALTER TABLE mailed_links DROP CONSTRAINT mailed_links_purpose_check;
ALTER TABLE mailed_links ADD CONSTRAINT mailed_links_purpose_check CHECK (purpose IN (
    'password_reset', 'email_confirmation', 'email_changed', 'email_change', 'email_change_stop', 'email_change_undo'
));
COMMENT ON COLUMN mailed_links.email IS
    'Where the mail goes; email_changed is a notice without a link, email_change_stop and _undo go to the old address';

-- Browsers that have signed somebody in: a stranger's wrong passwords do not lock them out.
CREATE TABLE known_devices (
    person_id uuid NOT NULL REFERENCES people,
    token_hash bytea NOT NULL,
    last_used_at timestamptz NOT NULL,
    PRIMARY KEY (token_hash, person_id)
);
CREATE INDEX known_devices_by_person ON known_devices (person_id, last_used_at);
CREATE INDEX known_devices_by_use ON known_devices (last_used_at);
COMMENT ON COLUMN known_devices.token_hash IS 'SHA-256 of what the cookie of the device holds';
