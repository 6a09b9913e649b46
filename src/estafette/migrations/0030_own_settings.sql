-- What people settle for themselves about a direct chat, group or channel. Putting away costs whoever writes nothing:
-- it holds for as long as the last message is the one that stood last then.

CREATE TABLE own_settings (
    person_id uuid NOT NULL,
    conversation_id uuid NOT NULL REFERENCES conversations,
    favourite_at timestamptz,
    muted_at timestamptz,
    put_away_at timestamptz,
    put_away_after bigint,
    PRIMARY KEY (person_id, conversation_id)
);
COMMENT ON TABLE own_settings IS 'What a person has settled about a direct chat, group or channel for themselves alone';
COMMENT ON COLUMN own_settings.muted_at IS 'Of a direct chat; members of groups and channels have a level (memberships.level)';
COMMENT ON COLUMN own_settings.put_away_after IS 'The last ordinal when it was put away: a later message brings it back, unless it is muted';

-- Direct chats were put away by their side, which is one person.
INSERT INTO own_settings (person_id, conversation_id, put_away_at, put_away_after)
SELECT p.party_id, p.conversation_id, p.archived_at, c.last_ordinal
FROM participants p JOIN conversations c ON c.id = p.conversation_id
WHERE p.role = 'person' AND p.archived_at IS NOT NULL;
UPDATE participants SET archived_at = NULL, archived_by = NULL WHERE role = 'person' AND archived_at IS NOT NULL;
