-- Communications: what is sent to clients of the register, at once or on schedule, each to each of them once.

CREATE TABLE client_lists (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    named boolean NOT NULL,
    clients integer NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL
);
CREATE INDEX client_lists_newest ON client_lists (created_at DESC, id DESC);
COMMENT ON TABLE client_lists IS 'Clients that somebody named one by one; what is sent to a list later is sent to those who are on it then';
COMMENT ON COLUMN client_lists.named IS 'Whether it is kept for more than the one communication that it was made for';

CREATE TABLE client_list_members (
    list_id uuid NOT NULL REFERENCES client_lists ON DELETE CASCADE,
    client_id uuid NOT NULL REFERENCES clients ON DELETE CASCADE,
    PRIMARY KEY (list_id, client_id)
);
CREATE INDEX client_list_members_of_client ON client_list_members (client_id);

CREATE TABLE communications (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('campaign', 'transactional')),
    state text NOT NULL CHECK (state IN (
        'draft', 'scheduled', 'preparing', 'running', 'paused', 'completed', 'cancelling', 'cancelled', 'failed'
    )),
    channels text[] NOT NULL CHECK (cardinality(channels) > 0),
    mode text NOT NULL CHECK (mode IN ('together', 'ladder')),
    content jsonb NOT NULL,
    audience jsonb NOT NULL,
    schedule jsonb NOT NULL,
    segment_id uuid,
    list_id uuid REFERENCES client_lists,
    send_at timestamptz,
    starts_at timestamptz,
    expires_at timestamptz,
    prepared_to uuid,
    prepared boolean NOT NULL DEFAULT false,
    clients integer NOT NULL DEFAULT 0,
    pause_reason text CHECK (pause_reason IN ('by_hand', 'errors', 'late')),
    failure text,
    resend_of uuid REFERENCES communications,
    revision integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL,
    changed_at timestamptz NOT NULL,
    started_at timestamptz,
    ended_at timestamptz
);
CREATE INDEX communications_newest ON communications (created_at DESC, id DESC);
CREATE INDEX communications_by_time ON communications (coalesce(starts_at, created_at), id);
CREATE INDEX communications_waiting ON communications (starts_at, id) WHERE state = 'scheduled';
CREATE INDEX communications_at_work ON communications (id) WHERE state IN ('preparing', 'running', 'cancelling');
COMMENT ON COLUMN communications.channels IS 'In the order in which they are tried, where they are a ladder';
COMMENT ON COLUMN communications.content IS 'Its texts by language and channel, with their variables, stored once';
COMMENT ON COLUMN communications.schedule IS 'When, as it was said: wall time and zone, throttle, quiet hours';
COMMENT ON COLUMN communications.starts_at IS 'The first moment at which anything of it may leave: earlier than send_at where each client has a time of its own';
COMMENT ON COLUMN communications.expires_at IS 'What has not left by then is not sent any more';
COMMENT ON COLUMN communications.prepared_to IS 'Up to which client there are recipients; whoever goes on begins behind it';

CREATE TABLE communication_recipients (
    communication_id uuid NOT NULL REFERENCES communications,
    channel text NOT NULL CHECK (channel IN ('email', 'sms', 'whatsapp')),
    client_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'handed_over', 'held', 'skipped', 'cancelled')),
    reason text,
    not_before timestamptz NOT NULL,
    next_step_at timestamptz,
    delivery_id bigint,
    PRIMARY KEY (communication_id, channel, client_id)
) WITH (fillfactor = 80);
CREATE INDEX communication_recipients_waiting ON communication_recipients (communication_id, channel, not_before, client_id)
    WHERE state = 'waiting';
CREATE INDEX communication_recipients_held ON communication_recipients (communication_id) WHERE state = 'held';
CREATE INDEX communication_recipients_next_step ON communication_recipients (next_step_at) WHERE next_step_at IS NOT NULL;
CREATE INDEX communication_recipients_of_client ON communication_recipients (client_id, communication_id);
COMMENT ON TABLE communication_recipients IS 'Who gets a communication by which channel, each once: written before the first is sent';
COMMENT ON COLUMN communication_recipients.state IS 'held: handed over, taken back by a pause before it went out, its words are kept with the delivery; what became of what was handed over is told by its delivery';
COMMENT ON COLUMN communication_recipients.reason IS 'Why it was skipped or cancelled';
COMMENT ON COLUMN communication_recipients.next_step_at IS 'When the next channel of a ladder is tried, unless it has arrived by then';

CREATE TABLE communication_counts (
    communication_id uuid NOT NULL REFERENCES communications,
    channel text NOT NULL,
    status text NOT NULL,
    share smallint NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (communication_id, channel, status, share)
) WITH (fillfactor = 50);
COMMENT ON TABLE communication_counts IS 'How many recipients wait, are skipped or cancelled without a delivery; those with one are counted in delivery_batch_counts';

CREATE TABLE communication_lanes (
    communication_id uuid NOT NULL REFERENCES communications,
    channel text NOT NULL,
    tokens double precision NOT NULL DEFAULT 0,
    refilled_at timestamptz NOT NULL,
    served_at timestamptz NOT NULL,
    PRIMARY KEY (communication_id, channel)
) WITH (fillfactor = 50);
CREATE INDEX communication_lanes_in_turn ON communication_lanes (channel, served_at);
COMMENT ON TABLE communication_lanes IS 'One for each channel of a communication that is under way; who hands over next holds its lock, the one that was served longest ago has its turn';

-- Deliveries that belong together are counted together, where each of them changes.
ALTER TABLE deliveries ADD COLUMN batch_id uuid;
CREATE INDEX deliveries_by_batch ON deliveries (batch_id, id) WHERE batch_id IS NOT NULL;
COMMENT ON COLUMN deliveries.batch_id IS 'What it is a part of: a communication';
ALTER TABLE deliveries DROP CONSTRAINT deliveries_channel_check;
ALTER TABLE deliveries ADD CONSTRAINT deliveries_channel_check
    CHECK (channel IN ('sms', 'mms', 'email', 'push', 'whatsapp')) NOT VALID;

CREATE TABLE delivery_batch_counts (
    batch_id uuid NOT NULL,
    channel text NOT NULL,
    status text NOT NULL,
    share smallint NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (batch_id, channel, status, share)
) WITH (fillfactor = 50);
COMMENT ON TABLE delivery_batch_counts IS 'How many deliveries of a batch stand where, kept with each change';
