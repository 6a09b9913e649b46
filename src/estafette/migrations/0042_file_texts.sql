-- The text of what was uploaded, read by the worker once for each content.

CREATE TABLE content_texts (
    sha256 bytea PRIMARY KEY CHECK (octet_length(sha256) = 32),
    text text NOT NULL,
    reason text,
    read_at timestamptz NOT NULL
);
COMMENT ON TABLE content_texts IS 'What could be read in a content, whatever files it belongs to; it goes with the last of them';
COMMENT ON COLUMN content_texts.reason IS 'Why there is no text, or no more of it: broken, encrypted, no_text, too_costly, too_large';

CREATE TABLE unread_texts (
    file_id uuid PRIMARY KEY REFERENCES files ON DELETE CASCADE,
    owner_id uuid NOT NULL,
    tries smallint NOT NULL DEFAULT 0,
    not_before timestamptz NOT NULL
);
CREATE INDEX unread_texts_owner ON unread_texts (owner_id, not_before);
COMMENT ON TABLE unread_texts IS 'Files whose text was not read yet; the transaction that takes one off the list announces its text';
COMMENT ON COLUMN unread_texts.not_before IS 'Whoever reads one puts it off meanwhile; if he dies it is due again';

CREATE INDEX files_sha256 ON files (sha256);

INSERT INTO unread_texts (file_id, owner_id, not_before)
SELECT id, owner_id, now() FROM files
WHERE stored_at IS NOT NULL AND released_at IS NULL
    AND (
        media_type IN ('text/plain', 'application/pdf', 'application/zip')
        OR media_type LIKE 'application/vnd.openxmlformats-officedocument.%'
        OR media_type LIKE 'application/vnd.oasis.opendocument.%'
    );
