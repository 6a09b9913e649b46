-- Deliveries that belong together: held, put back, cancelled and counted together; and how communications hand them over.

ALTER TABLE deliveries ADD COLUMN batch_member uuid;
COMMENT ON COLUMN deliveries.batch_member IS 'For whom of its batch it is: a client';

ALTER TABLE delivery_queue ADD COLUMN batch_id uuid;
CREATE INDEX delivery_queue_by_batch ON delivery_queue (batch_id, lane, delivery_id) WHERE batch_id IS NOT NULL;
COMMENT ON COLUMN delivery_queue.lane IS 'The channel; for what goes through one gateway and no other, such as a test, its id; held: its batch is, and no gateway takes it';

CREATE TABLE delivery_batches (
    id uuid PRIMARY KEY,
    stopped text CHECK (stopped IN ('held', 'cancelled'))
);
COMMENT ON TABLE delivery_batches IS 'Whether deliveries of a batch may go out; locked before its rows of the queue';
COMMENT ON COLUMN delivery_batches.stopped IS 'What becomes of a delivery that comes back from a gateway: whoever claims it sets it aside or cancels it';

CREATE VIEW delivery_batch_totals AS
    SELECT batch_id, channel, status, sum(count)::bigint AS count
    FROM delivery_batch_counts GROUP BY batch_id, channel, status HAVING sum(count) <> 0;
CREATE VIEW waiting_batches AS
    SELECT batch_id, lane, count(*) AS waiting, count(dispatcher_id) AS submitting
    FROM delivery_queue WHERE batch_id IS NOT NULL GROUP BY batch_id, lane;
COMMENT ON VIEW waiting_batches IS 'How much of a batch is in a lane of the queue, and how much of that is being submitted';
CREATE VIEW batch_deliveries AS
    SELECT d.id, d.batch_id, d.batch_member, d.channel, d.recipient, d.status, d.reason, d.created_at, d.changed_at,
        d.status = 'DELIVERED' OR d.status = 'SENT' AND NOT coalesce(g.receipts_expected, false) AS arrived
    FROM deliveries d LEFT JOIN gateways g ON g.id = d.gateway_id WHERE d.batch_id IS NOT NULL;
COMMENT ON VIEW batch_deliveries IS 'What became of deliveries of batches; of what leaves by a gateway that does not report, it is thought that it arrives';

CREATE VIEW registered_clients AS
    SELECT id, external_id, name, email, phone, whatsapp, language, time_zone, attributes, consented, refused
    FROM clients;
COMMENT ON VIEW registered_clients IS 'What others may read of the register';

ALTER TABLE communications ADD COLUMN ended_before bigint NOT NULL DEFAULT 0;
ALTER TABLE communications ADD COLUMN failed_before bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN communications.ended_before IS 'How many messages had ended when it was last resumed: its rate of errors is that of those after them';

DROP INDEX communication_recipients_held;
DROP INDEX communication_recipients_next_step;
CREATE INDEX communication_recipients_next_step ON communication_recipients (communication_id, next_step_at)
    WHERE next_step_at IS NOT NULL;
ALTER TABLE communication_recipients DROP CONSTRAINT communication_recipients_state_check;
ALTER TABLE communication_recipients ADD CONSTRAINT communication_recipients_state_check
    CHECK (state IN ('waiting', 'handed_over', 'skipped', 'cancelled', 'expired', 'suppressed'));
COMMENT ON COLUMN communication_recipients.state IS 'What became of what was handed over is told by its delivery, which has the words from then on; the others never had one';
COMMENT ON COLUMN communication_recipients.reason IS 'Why there is no delivery';
