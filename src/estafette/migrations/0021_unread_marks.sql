-- What people keep for later: a mark of their own beside what they have really not read, which is counted as before.

CREATE TABLE unread_marks (
    person_id uuid NOT NULL,
    conversation_id uuid NOT NULL REFERENCES conversations,
    at timestamptz NOT NULL,
    PRIMARY KEY (person_id, conversation_id)
);
CREATE INDEX unread_marks_conversation ON unread_marks (conversation_id, person_id);
COMMENT ON TABLE unread_marks IS 'Conversations that a person marked unread, until they read on or take the mark away; read positions and counts do not depend on it';
