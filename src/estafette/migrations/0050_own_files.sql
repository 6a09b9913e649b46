-- Everybody can look at what they uploaded.

CREATE INDEX files_own ON files (owner_id, id DESC) INCLUDE (size) WHERE claimed_at IS NOT NULL AND released_at IS NULL;
