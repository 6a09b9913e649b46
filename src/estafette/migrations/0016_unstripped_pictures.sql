-- Pictures that were kept before what they tell of people was taken out on arrival: each is looked at once more.

CREATE TABLE unstripped_pictures (
    file_id uuid PRIMARY KEY REFERENCES files ON DELETE CASCADE,
    tries integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE unstripped_pictures IS 'Files of which nobody knows whether they still tell where and by whom they were taken; housekeeping empties it';
COMMENT ON COLUMN unstripped_pictures.tries IS 'How often it could not be stripped; after the third time nobody tries again';

-- A picture that did not decode is kept as a file of an unknown kind.
INSERT INTO unstripped_pictures (file_id)
SELECT id FROM files
WHERE stored_at IS NOT NULL AND released_at IS NULL
    AND media_type IN (
        'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/heic', 'application/octet-stream'
    );
