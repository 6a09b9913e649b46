-- A message that was taken without an answer is found by the name that we gave it ourselves, where the gateway tells it.

ALTER TABLE receipts ADD COLUMN own_name text;
COMMENT ON COLUMN receipts.own_name IS 'What we named the message when we submitted it, as far as the gateway repeats that';
CREATE INDEX receipts_unmatched_by_own_name ON receipts (gateway_id, own_name)
    WHERE look_at IS NOT NULL AND own_name IS NOT NULL;
