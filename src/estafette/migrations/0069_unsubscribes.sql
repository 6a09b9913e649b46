-- Which communication made clients end messages: counted with its report.

CREATE TABLE communication_unsubscribes (
    communication_id uuid NOT NULL,
    channel text NOT NULL CHECK (channel IN ('email', 'sms', 'whatsapp')),
    client_id uuid NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (communication_id, channel, client_id)
);
CREATE INDEX communication_unsubscribes_of_client ON communication_unsubscribes (client_id);
COMMENT ON TABLE communication_unsubscribes IS 'Clients who, after a communication, ended messages on its channel: by its link, or by a word such as STOP';
