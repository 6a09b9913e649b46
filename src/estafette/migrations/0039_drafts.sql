-- What people have begun to write, the same on all their devices; and quotes in what is sent later.

CREATE SEQUENCE draft_revisions;

CREATE TABLE drafts (
    person_id uuid NOT NULL,
    conversation_id uuid NOT NULL REFERENCES conversations,
    text text NOT NULL,
    mentions uuid[] NOT NULL,
    reply_to uuid,
    revision bigint NOT NULL DEFAULT nextval('draft_revisions'),
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (person_id, conversation_id)
);
COMMENT ON TABLE drafts IS 'One unfinished message of a person in a conversation; it goes with the statement that stores the message';
COMMENT ON COLUMN drafts.revision IS 'Greater with each change and never used again, so that who has seen an older one changes nothing';

ALTER TABLE scheduled_messages ADD COLUMN reply_to uuid;
