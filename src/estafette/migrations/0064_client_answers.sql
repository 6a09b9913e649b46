-- What clients write to the organisation: with whom it is shown, and what it means.

CREATE INDEX clients_by_whatsapp ON clients (whatsapp) WHERE whatsapp IS NOT NULL;

CREATE TABLE client_answers (
    inbound_id uuid PRIMARY KEY,
    client_id uuid,
    channel text NOT NULL CHECK (channel IN ('sms', 'whatsapp', 'email')),
    meaning text NOT NULL CHECK (meaning IN ('message', 'stop', 'start', 'automatic')),
    communication_id uuid,
    conversation_id uuid,
    received_at timestamptz NOT NULL,
    read_at timestamptz,
    read_by uuid
);
CREATE INDEX client_answers_of_client ON client_answers (client_id, inbound_id DESC) WHERE client_id IS NOT NULL;
CREATE INDEX client_answers_unread ON client_answers (inbound_id DESC) WHERE read_at IS NULL;
CREATE INDEX client_answers_of_communication ON client_answers (communication_id, inbound_id DESC)
    WHERE communication_id IS NOT NULL;
COMMENT ON TABLE client_answers IS 'One for each inbound message, whose words are in inbound_messages';
COMMENT ON COLUMN client_answers.client_id IS 'NULL: nobody in the register has this address';
COMMENT ON COLUMN client_answers.communication_id IS 'The last that this client got there within seven days, or the one that it says it answers';
COMMENT ON COLUMN client_answers.conversation_id IS 'Where the partner that is chosen for it reads it, too';

CREATE TABLE answer_settings (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    partner_id uuid,
    confirms boolean NOT NULL DEFAULT true,
    changed_at timestamptz,
    changed_by uuid
);
INSERT INTO answer_settings DEFAULT VALUES;
COMMENT ON TABLE answer_settings IS 'What is done with answers of clients, one row';
COMMENT ON COLUMN answer_settings.partner_id IS 'Who gets answers of clients with an account as messages of a conversation; NULL: nobody';
COMMENT ON COLUMN answer_settings.confirms IS 'Whether a word such as STOP is answered once';
