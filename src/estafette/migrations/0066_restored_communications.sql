-- After a restore nobody knows what the old server has sent since the backup: communications under way wait for a word.

ALTER TABLE communications DROP CONSTRAINT communications_pause_reason_check;
ALTER TABLE communications ADD CONSTRAINT communications_pause_reason_check
    CHECK (pause_reason IN ('by_hand', 'errors', 'late', 'restored'));
