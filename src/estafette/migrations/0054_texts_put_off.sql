-- Texts that wait for a storage that was away are tried until it is back, and whoever takes one finds it at once.

ALTER TABLE unread_texts ADD COLUMN reading_until timestamptz;
ALTER TABLE unread_texts ADD COLUMN failures smallint NOT NULL DEFAULT 0;
COMMENT ON COLUMN unread_texts.reading_until IS 'Whoever reads one has until then; of one owner no two are read at a time';
COMMENT ON COLUMN unread_texts.failures IS 'How often its bytes could not be had: each makes the pause longer and counts as no try';
COMMENT ON COLUMN unread_texts.not_before IS 'When it is due, again if whoever reads it dies';

DROP INDEX unread_texts_owner;
CREATE INDEX unread_texts_read ON unread_texts (owner_id, reading_until) WHERE reading_until IS NOT NULL;
CREATE INDEX unread_texts_waiting ON unread_texts (tries, file_id) WHERE tries < 3;
