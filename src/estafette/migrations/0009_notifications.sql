-- Who hears of what: one row per person and unread thing, the steps of its ladder, and what each person wants.

-- As what a person acts for a party is asked by those who tell only the owners of a partner.
CREATE OR REPLACE VIEW acting_parties AS
SELECT people.id AS person_id, people.id AS party_id, NULL::text AS role
FROM people
WHERE people.disabled_at IS NULL
UNION ALL
SELECT partner_members.person_id, partner_members.partner_id AS party_id, partner_members.role
FROM partner_members JOIN people ON people.id = partner_members.person_id
WHERE people.disabled_at IS NULL;
COMMENT ON VIEW acting_parties IS 'For whom a person acts: for himself (role NULL), and for the partners he is a member of';

CREATE TABLE notifications (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('message', 'contact_request', 'contact_request_assigned')),
    topic_id uuid NOT NULL,
    party_id uuid NOT NULL,
    first_number bigint NOT NULL,
    urgent boolean NOT NULL,
    in_app boolean NOT NULL,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    read_at timestamptz
) WITH (fillfactor = 80);
CREATE UNIQUE INDEX notifications_unread ON notifications (person_id, kind, topic_id) WHERE read_at IS NULL;
-- With the person in it, whichever of the two a plan takes finds one row.
CREATE INDEX notifications_unread_by_topic ON notifications (topic_id, kind, person_id) WHERE read_at IS NULL;
CREATE INDEX notifications_newest ON notifications (person_id, changed_at DESC, id DESC) WHERE in_app;
CREATE INDEX notifications_unread_newest ON notifications (person_id, changed_at DESC, id DESC)
    WHERE in_app AND read_at IS NULL;
CREATE INDEX notifications_read ON notifications (read_at) WHERE read_at IS NOT NULL;
COMMENT ON TABLE notifications IS 'What a person hears of: one row as long as it is unread, however much happens; it holds no words, these are asked for when they are shown';
COMMENT ON COLUMN notifications.topic_id IS 'What it is about: a conversation, a contact request';
COMMENT ON COLUMN notifications.party_id IS 'As whom the person hears of it: himself, or a partner he acts for';
COMMENT ON COLUMN notifications.first_number IS 'Where in its topic it begins, such as the ordinal of the first message; 0 where there is nothing to count';
COMMENT ON COLUMN notifications.in_app IS 'Whether the bell shows it; some want to hear by other ways alone';

CREATE TABLE notification_steps (
    notification_id uuid NOT NULL REFERENCES notifications ON DELETE CASCADE,
    channel text NOT NULL CHECK (channel IN ('push', 'email', 'sms')),
    wanted_at timestamptz NOT NULL,
    delay_seconds integer NOT NULL,
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    failure text,
    PRIMARY KEY (notification_id, channel)
);
CREATE INDEX notification_steps_due ON notification_steps (due_at);
COMMENT ON COLUMN notification_steps.wanted_at IS 'When it was to be taken; due_at is later where quiet or a failure puts it off, and quiet that ends early ends for it, too';
COMMENT ON TABLE notification_steps IS 'Steps of the ladder that are still to come; a row goes in the transaction that takes the step, or when the notification is seen';

CREATE TABLE notification_tellings (
    notification_id uuid NOT NULL REFERENCES notifications ON DELETE CASCADE,
    channel text NOT NULL,
    ordinal integer NOT NULL,
    at timestamptz NOT NULL,
    outcome text NOT NULL,
    last_number bigint NOT NULL,
    deliveries bigint[] NOT NULL,
    PRIMARY KEY (notification_id, channel, ordinal)
);
COMMENT ON TABLE notification_tellings IS 'Steps that were taken: how far they told, by which deliveries, or why by none';

CREATE TABLE notification_settings (
    person_id uuid PRIMARY KEY,
    quiet_from smallint CHECK (quiet_from BETWEEN 0 AND 1439),
    quiet_until smallint CHECK (quiet_until BETWEEN 0 AND 1439),
    do_not_disturb_until timestamptz,
    CHECK ((quiet_from IS NULL) = (quiet_until IS NULL))
);
COMMENT ON TABLE notification_settings IS 'When a person wants quiet, in minutes of the day in the zone of their profile; who has no row wants none';

CREATE TABLE notification_rules (
    person_id uuid NOT NULL,
    kind text NOT NULL,
    channel text NOT NULL,
    enabled boolean NOT NULL,
    delay_seconds integer NOT NULL CHECK (delay_seconds BETWEEN 0 AND 86400),
    PRIMARY KEY (person_id, kind, channel)
);
COMMENT ON TABLE notification_rules IS 'Where a person differs from the defaults, which are in the code';

CREATE TABLE notification_exceptions (
    person_id uuid NOT NULL,
    topic_id uuid NOT NULL,
    level text NOT NULL CHECK (level IN ('app', 'nothing')),
    until timestamptz,
    PRIMARY KEY (person_id, topic_id)
);
COMMENT ON TABLE notification_exceptions IS 'Conversations of which a person wants to hear less; until NULL: for good';

CREATE TABLE partner_audiences (
    partner_id uuid NOT NULL,
    kind text NOT NULL,
    mode text NOT NULL CHECK (mode IN ('owners', 'chosen')),
    people uuid[] NOT NULL,
    PRIMARY KEY (partner_id, kind)
);
COMMENT ON TABLE partner_audiences IS 'Who of a partner is told of what; without a row everyone is';
