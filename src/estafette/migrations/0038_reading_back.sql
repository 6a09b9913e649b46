-- Reading positions that their person moves back, and messages found by their time.

ALTER TABLE memberships ADD COLUMN seen_ordinal bigint;
COMMENT ON COLUMN memberships.read_ordinal IS 'Up to here nothing counts as unread';
COMMENT ON COLUMN memberships.seen_ordinal IS 'What the person has seen, where they have moved read_ordinal back from there';
COMMENT ON COLUMN reads.counted IS 'Up to here nothing counts as unread: what was seen, or was there before the person joined the partner, or less where the person has moved it back';

CREATE FUNCTION first_ordinal_since(of_conversation uuid, last bigint, since timestamptz)
RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE
    low bigint := 1;
    high bigint := last + 1;
    middle bigint;
BEGIN
    WHILE low < high LOOP
        middle := (low + high) / 2;
        IF (SELECT created_at FROM messages WHERE conversation_id = of_conversation AND ordinal = middle) < since THEN
            low := middle + 1;
        ELSE
            high := middle;
        END IF;
    END LOOP;
    RETURN low;
END $$;
COMMENT ON FUNCTION first_ordinal_since IS 'The ordinal of the first message at or after a time, or the one after the last: halved again and again, since times grow with ordinals, so that a million messages take 20 looks at their key and no index';
