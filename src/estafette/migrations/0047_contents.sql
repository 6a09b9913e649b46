-- The bytes of uploads, kept once however many files hold the same: contents ← files with an owner ← what uses them.

CREATE TABLE contents (
    id uuid PRIMARY KEY,
    sha256 bytea UNIQUE CHECK (octet_length(sha256) = 32),
    has_thumbnail boolean NOT NULL DEFAULT false,
    given_up_at timestamptz,
    CHECK (sha256 IS NULL OR given_up_at IS NULL)
);
CREATE INDEX contents_given_up ON contents (given_up_at) WHERE given_up_at IS NOT NULL;
COMMENT ON TABLE contents IS 'Bytes in the storage, under a path made of the id; they go with the last file';
COMMENT ON COLUMN contents.sha256 IS 'Of the bytes that are kept; NULL: no other file may share them (they are on their way, not compared yet, or given up)';
COMMENT ON COLUMN contents.given_up_at IS 'No file holds them; the sweep removes the bytes after this time, then the row';

INSERT INTO contents (id, has_thumbnail) SELECT id, has_thumbnail FROM files;
ALTER TABLE files ADD COLUMN content_id uuid REFERENCES contents;
UPDATE files SET content_id = id;
ALTER TABLE files ALTER COLUMN content_id SET NOT NULL;
CREATE INDEX files_content ON files (content_id);
COMMENT ON COLUMN files.sha256 IS 'Of what came; of a picture that was stripped, not of what is kept';
COMMENT ON TABLE files IS 'Uploads. The row is there before the bytes, so that the sweep finds what a crash left behind';

CREATE TABLE uncompared_contents (
    content_id uuid PRIMARY KEY REFERENCES contents ON DELETE CASCADE,
    tries smallint NOT NULL DEFAULT 0
);
COMMENT ON TABLE uncompared_contents IS 'Bytes that were kept before they were shared: housekeeping reads each once, and empties the list';

INSERT INTO uncompared_contents (content_id)
SELECT id FROM files WHERE stored_at IS NOT NULL AND released_at IS NULL;
