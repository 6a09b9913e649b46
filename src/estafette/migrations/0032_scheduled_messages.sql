-- What people say later, and what they want to be reminded of.

CREATE TABLE scheduled_messages (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL,
    conversation_id uuid NOT NULL REFERENCES conversations,
    text text NOT NULL,
    attachments uuid[] NOT NULL,
    mentions uuid[] NOT NULL,
    mentions_all boolean NOT NULL,
    created_at timestamptz NOT NULL,
    send_at timestamptz NOT NULL,
    due_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    failure text,
    CHECK ((due_at IS NULL) = (failure IS NOT NULL))
);
CREATE INDEX scheduled_messages_due ON scheduled_messages (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX scheduled_messages_of_person ON scheduled_messages (person_id, send_at, id);
CREATE INDEX scheduled_messages_files ON scheduled_messages USING gin (attachments) WHERE attachments <> '{}';
COMMENT ON TABLE scheduled_messages IS 'Messages that are sent later; a row goes in the transaction that stores its message, under the same id';
COMMENT ON COLUMN scheduled_messages.due_at IS 'When it is tried next: send_at, or later where the server could not; NULL where it was refused';
COMMENT ON COLUMN scheduled_messages.failure IS 'The code of the problem for which it was refused; its author may mend it and choose another time';

CREATE TABLE reminders (
    person_id uuid NOT NULL,
    message_id uuid NOT NULL,
    conversation_id uuid NOT NULL REFERENCES conversations,
    at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    PRIMARY KEY (person_id, message_id)
);
CREATE INDEX reminders_due ON reminders (due_at);
COMMENT ON TABLE reminders IS 'Messages of which somebody wants to be reminded; a row goes in the transaction that notifies them';
COMMENT ON COLUMN reminders.due_at IS 'When it is tried next: at, or later after a failure';

ALTER TABLE notifications DROP CONSTRAINT notifications_kind_check;
ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check CHECK (
    kind IN ('message', 'contact_request', 'contact_request_assigned', 'scheduled_message_failed', 'reminder')
);
