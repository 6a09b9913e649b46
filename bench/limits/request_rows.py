"""PostgreSQL alone storing what a contact request is: itself, its counts, its change, what is due; one commit each."""

from pathlib import Path

import estafette

_MIGRATIONS = Path(estafette.__file__).parent / "migrations"
# The product's own tables, with their indexes; the view over them is left out, since nobody looks.
TABLES = "\n".join(
    [
        (_MIGRATIONS / "0001_base.sql").read_text(encoding="utf-8"),
        (_MIGRATIONS / "0010_contact_requests.sql").read_text(encoding="utf-8").partition("CREATE VIEW")[0],
        (_MIGRATIONS / "0017_pending_reactions.sql").read_text(encoding="utf-8"),
        "INSERT INTO adverts (id, partner_id, reference, title, search_key, created_at, changed_at)"
        " SELECT lpad(n::text, 32, '0')::uuid, lpad(n::text, 32, '0')::uuid, 'globe', 'A globe', '', now(), now()"
        " FROM generate_series(0, 63) AS n;",
    ]
)
# Each client has a partner of its own: nobody waits for a lock.
SCRIPT = """\
BEGIN;
INSERT INTO streams (id, head) VALUES (lpad(:client_id::text, 32, '0')::uuid, 1) \
ON CONFLICT (id) DO UPDATE SET head = streams.head + 1 RETURNING head, gen_random_uuid() AS request \\gset
INSERT INTO contact_requests (id, partner_id, advert_id, person_id, profile_id, name, email, phone, message, \
starts_at, created_at, changed_at) VALUES (:request, lpad(:client_id::text, 32, '0')::uuid, \
lpad(:client_id::text, 32, '0')::uuid, gen_random_uuid(), gen_random_uuid(), 'Somebody', 'somebody@example.org', \
'+33612345678', 'May I see it on Saturday? I can come by at any time after ten.', '2027-01-15', now(), now());
UPDATE adverts SET requests = requests + 1 WHERE id = lpad(:client_id::text, 32, '0')::uuid;
INSERT INTO contact_request_counts (partner_id, advert_id, day, count) \
SELECT lpad(:client_id::text, 32, '0')::uuid, advert, current_date, 1 FROM unnest(ARRAY[\
lpad(:client_id::text, 32, '0')::uuid, '00000000-0000-0000-0000-0000000000ff']) AS advert \
ON CONFLICT (partner_id, advert_id, day) DO UPDATE SET count = contact_request_counts.count + 1;
INSERT INTO changes VALUES (lpad(:client_id::text, 32, '0')::uuid, :head, 'contact_requested', :request, now());
INSERT INTO pending_reactions (stream_id, number, kind, subject_id, at) \
VALUES (lpad(:client_id::text, 32, '0')::uuid, :head, 'contact_requested', :request, now());
COMMIT;
"""
