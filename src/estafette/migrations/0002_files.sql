-- Uploaded files: what is known of each; the bytes lie in the storage under a path made of the id.

CREATE TABLE files (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL DEFAULT 'application/octet-stream',
    size bigint NOT NULL DEFAULT 0 CHECK (size >= 0),
    sha256 bytea CHECK (octet_length(sha256) = 32),
    width integer,
    height integer,
    has_thumbnail boolean NOT NULL DEFAULT false,
    key text,
    created_at timestamptz NOT NULL,
    stored_at timestamptz,
    claimed_at timestamptz,
    released_at timestamptz,
    CHECK (stored_at IS NULL OR sha256 IS NOT NULL),
    CHECK (claimed_at IS NULL OR stored_at IS NOT NULL)
);
CREATE UNIQUE INDEX files_key ON files (owner_id, key) WHERE key IS NOT NULL;
-- What the sweep looks for: a small part of all files, so the index stays small.
CREATE INDEX files_unclaimed ON files (created_at) WHERE claimed_at IS NULL AND released_at IS NULL;
CREATE INDEX files_released ON files (released_at) WHERE released_at IS NOT NULL;
COMMENT ON TABLE files IS 'Uploads. The row is there before the bytes, so that the sweep finds what a crash left behind';
COMMENT ON COLUMN files.stored_at IS 'When all bytes were safe; before that nobody sees the file';
COMMENT ON COLUMN files.claimed_at IS 'When something (a message, a profile) took the upload into use; without it the sweep removes it after a day';
COMMENT ON COLUMN files.released_at IS 'When it was given up; the sweep removes the bytes, then the row';
COMMENT ON COLUMN files.width IS 'Pixels as seen, after turning by EXIF orientation; only for images that decode, which alone are shown inline';
