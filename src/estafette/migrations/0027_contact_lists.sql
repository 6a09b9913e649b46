-- The contact list of an employee: colleagues kept at hand, in an order of one's own.

CREATE TABLE contact_list_entries (
    owner_id uuid NOT NULL REFERENCES people,
    person_id uuid NOT NULL REFERENCES people CHECK (person_id <> owner_id),
    position integer NOT NULL,
    favourite_since timestamptz,
    added_at timestamptz NOT NULL,
    PRIMARY KEY (owner_id, person_id)
);
COMMENT ON TABLE contact_list_entries IS 'Whom an employee keeps at hand; shown while they are in the directory, so that who comes back is where they were';
COMMENT ON COLUMN contact_list_entries.position IS 'The place among the favourites, or among the others; gaps mean nothing';
