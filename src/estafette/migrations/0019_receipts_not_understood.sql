-- What gateways told that was not understood is counted on their page and by the doctor.

CREATE INDEX receipts_not_understood ON receipts (gateway_id, received_at)
    WHERE fault IS NOT NULL AND fault NOT IN ('callback_refused', 'message');
