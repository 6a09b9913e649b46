-- What stands in files is told to the search in the background, so that nobody waits for it who is told of a message.

CREATE TABLE unindexed_files (
    message_id uuid PRIMARY KEY,
    not_before timestamptz NOT NULL DEFAULT '-infinity'
);
CREATE INDEX unindexed_files_due ON unindexed_files (not_before);
COMMENT ON TABLE unindexed_files IS 'Messages whose files are to be indexed as they are now; a worker empties it';
