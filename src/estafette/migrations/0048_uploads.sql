-- Uploads that can be resumed: parts that are safe, until they become a file or expire.

CREATE TABLE uploads (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    name text NOT NULL,
    key text,
    size bigint NOT NULL CHECK (size >= 0),
    received bigint NOT NULL DEFAULT 0 CHECK (received BETWEEN 0 AND size),
    writer uuid,
    file_id uuid,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    UNIQUE (owner_id, key)
);
CREATE INDEX uploads_expiring ON uploads (expires_at);
COMMENT ON TABLE uploads IS 'What is uploaded in parts (tus 1.0)';
COMMENT ON COLUMN uploads.received IS 'The offset: all bytes before it are safe in the storage';
COMMENT ON COLUMN uploads.writer IS 'The request that may add to it; a later one takes its place, so that a broken connection holds up nobody';
COMMENT ON COLUMN uploads.file_id IS 'What became of it; no foreign key, since the file may go first';

CREATE TABLE upload_parts (
    content_id uuid PRIMARY KEY REFERENCES contents,
    upload_id uuid NOT NULL REFERENCES uploads ON DELETE CASCADE,
    place bigint NOT NULL,
    size bigint
);
CREATE INDEX upload_parts_upload ON upload_parts (upload_id, place);
COMMENT ON COLUMN upload_parts.place IS 'The offset of its first byte';
COMMENT ON COLUMN upload_parts.size IS 'NULL until it is safe and counted; the row is there before the bytes';
