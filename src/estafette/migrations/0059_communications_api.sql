-- What is asked about communications: by words of their names, how they went on, and what programs are told of it.

ALTER TABLE communications ADD COLUMN name_key text NOT NULL DEFAULT '';
ALTER TABLE communications DROP CONSTRAINT communications_channels_check;
ALTER TABLE communications ADD CONSTRAINT communications_channels_check
    CHECK (state = 'draft' OR cardinality(channels) > 0);
COMMENT ON COLUMN communications.name_key IS 'The name as it is searched, folded';

CREATE TABLE communication_state_changes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    communication_id uuid NOT NULL REFERENCES communications ON DELETE CASCADE,
    state text NOT NULL,
    pause_reason text,
    failure text,
    revision integer NOT NULL,
    at timestamptz NOT NULL,
    told boolean NOT NULL DEFAULT false
);
CREATE INDEX communication_state_changes_in_order ON communication_state_changes (communication_id, id);
CREATE INDEX communication_state_changes_untold ON communication_state_changes (id) WHERE NOT told;
COMMENT ON TABLE communication_state_changes IS 'Each state that a communication came to, in the transaction that brought it there; webhooks are told of it afterwards';

-- A state is changed by many statements; none of them can forget to say so.
CREATE FUNCTION note_communication_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO communication_state_changes (communication_id, state, pause_reason, failure, revision, at)
    VALUES (NEW.id, NEW.state, NEW.pause_reason, NEW.failure, NEW.revision, NEW.changed_at);
    RETURN NULL;
END
$$;
CREATE TRIGGER communication_state_began AFTER INSERT ON communications
    FOR EACH ROW EXECUTE FUNCTION note_communication_state();
CREATE TRIGGER communication_state_changed AFTER UPDATE OF state ON communications
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION note_communication_state();

CREATE TABLE communication_progress (
    communication_id uuid NOT NULL REFERENCES communications ON DELETE CASCADE,
    at timestamptz NOT NULL,
    totals jsonb NOT NULL,
    PRIMARY KEY (communication_id, at)
);
COMMENT ON TABLE communication_progress IS 'The totals as they were at the end of each minute in which something changed';

CREATE INDEX communications_by_list ON communications (list_id) WHERE list_id IS NOT NULL;
