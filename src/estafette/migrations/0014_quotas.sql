-- What each person has used up of a day's quotas; the day is one of UTC.

CREATE TABLE daily_usage (
    person_id uuid NOT NULL,
    day date NOT NULL,
    messages integer NOT NULL DEFAULT 0,
    deliveries integer NOT NULL DEFAULT 0,
    bytes bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (person_id, day)
) WITH (fillfactor = 70);
CREATE INDEX daily_usage_day ON daily_usage (day);
COMMENT ON TABLE daily_usage IS 'Counted in the statement that stores what is counted, through count_usage alone; read by whoever stores next';
COMMENT ON COLUMN daily_usage.bytes IS 'Of texts and of files as they were kept; what is deleted later stays counted for the day';

-- A function, so that the statements which store messages, deliveries and files count without a round trip of their own.
CREATE FUNCTION count_usage(of_day date, people uuid[], messages bigint[], deliveries bigint[], bytes bigint[])
RETURNS jsonb LANGUAGE sql AS $$
    WITH counted AS (
        INSERT INTO daily_usage AS u (person_id, day, messages, deliveries, bytes)
        SELECT person_id, of_day, given.messages, given.deliveries, given.bytes
        FROM unnest(people, messages, deliveries, bytes) AS given (person_id, messages, deliveries, bytes)
        -- In one order, so that two who count the same do not wait for each other in a circle.
        ORDER BY person_id
        ON CONFLICT (person_id, day) DO UPDATE SET
            messages = u.messages + excluded.messages,
            deliveries = u.deliveries + excluded.deliveries,
            bytes = u.bytes + excluded.bytes
        RETURNING u.person_id, u.messages, u.deliveries, u.bytes
    )
    -- What each of them has used now.
    SELECT jsonb_object_agg(person_id, jsonb_build_array(counted.messages, counted.deliveries, counted.bytes))
    FROM counted;
$$;
