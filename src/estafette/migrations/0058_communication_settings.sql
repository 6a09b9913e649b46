-- What texts say of the organisation, what messages cost, and who got what: segments ask for that.

CREATE TABLE communication_settings (
    sole boolean PRIMARY KEY DEFAULT true CHECK (sole),
    organisation text NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by uuid NOT NULL
);
COMMENT ON TABLE communication_settings IS 'One row at most; without it the organisation is called as the product';
COMMENT ON COLUMN communication_settings.organisation IS 'As letters to clients name who writes';

CREATE TABLE communication_prices (
    channel text PRIMARY KEY CHECK (channel IN ('email', 'sms', 'whatsapp', 'push')),
    currency text NOT NULL,
    price numeric(12, 6) NOT NULL CHECK (price >= 0)
);
COMMENT ON TABLE communication_prices IS 'What one message costs by a channel, of text messages one segment; for estimates alone';

CREATE VIEW communicated AS
    SELECT r.client_id, r.communication_id, r.channel, d.status, d.created_at AS at
    FROM communication_recipients r JOIN deliveries d ON d.id = r.delivery_id;
COMMENT ON VIEW communicated IS 'What was sent to whom, and what became of it; who was skipped is not in it';
