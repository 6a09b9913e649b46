"""PostgreSQL alone storing what an accepted message is: its delivery and its place in the queue, one commit each."""

from pathlib import Path

import estafette

# The product's own tables, with their indexes.
TABLES = (Path(estafette.__file__).parent / "migrations" / "0006_deliveries.sql").read_text(encoding="utf-8")
SCRIPT = """\
BEGIN;
INSERT INTO deliveries (owner_id, channel, urgency, sender, recipient, text, encoding, segments, created_at, \
changed_at, send_at, expires_at) VALUES ('00000000-0000-0000-0000-000000000001', 'sms', 1, 'Something', \
'+554899246868', 'Your table is booked for eight, see you at the gate of the house.', 'gsm7', 1, now(), now(), now(), \
now() + interval '48 hours') RETURNING id \\gset
INSERT INTO delivery_queue (delivery_id, lane, urgency, not_before, expires_at, segments) \
VALUES (:id, 'sms', 1, now(), now() + interval '48 hours', 1);
COMMIT;
"""
