-- Up to when somebody has read all of a partner's inbox, so that what is unread in it is not looked for in all of it.

CREATE TABLE read_through (
    person_id uuid NOT NULL,
    party_id uuid NOT NULL,
    until timestamptz NOT NULL,
    except_ids uuid[] NOT NULL,
    PRIMARY KEY (person_id, party_id)
);
COMMENT ON TABLE read_through IS 'Of the conversations of a party whose last message was said by then, a person has not read only these; noted when a search for unread ones had to walk far, and forgotten when the person moves a position back. Later messages make a conversation newer, so that no message needs to be written here';
