-- What public pages need: when a storefront changed, and copies of pictures in the widths that are shown.

ALTER TABLE partners ADD COLUMN changed_at timestamptz;
UPDATE partners SET changed_at = created_at;
ALTER TABLE partners ALTER COLUMN changed_at SET NOT NULL;
COMMENT ON COLUMN partners.changed_at IS 'When what visitors see of it became another; search engines are told';

ALTER TABLE files ADD COLUMN copy_widths smallint[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN files.copy_widths IS 'Widths in pixels for which copies lie beside the original; empty until they are made';

CREATE TABLE uncopied_pictures (
    file_id uuid PRIMARY KEY REFERENCES files ON DELETE CASCADE,
    tries integer NOT NULL DEFAULT 0
);
COMMENT ON TABLE uncopied_pictures IS 'Pictures in use of which the worker is to make copies; what comes into use is added by its transaction';
COMMENT ON COLUMN uncopied_pictures.tries IS 'How often it failed; after the third time nobody tries again';

INSERT INTO uncopied_pictures (file_id)
SELECT id FROM files
WHERE stored_at IS NOT NULL AND released_at IS NULL AND has_thumbnail
    AND id IN (
        SELECT picture FROM partners WHERE picture IS NOT NULL
        UNION ALL SELECT cover FROM partners WHERE cover IS NOT NULL
        UNION ALL SELECT picture FROM adverts WHERE picture IS NOT NULL
        UNION ALL SELECT picture FROM people WHERE picture IS NOT NULL
    );
