-- Adverts of partners, the contact requests that people leave about them, what became of each, and how many there are.

CREATE TABLE adverts (
    id uuid PRIMARY KEY,
    partner_id uuid NOT NULL,
    reference text NOT NULL,
    title text NOT NULL,
    search_key text NOT NULL,
    link text,
    picture uuid,
    requests bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    created_by uuid,
    changed_at timestamptz NOT NULL,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    UNIQUE (partner_id, reference)
) WITH (fillfactor = 70);
CREATE INDEX adverts_newest ON adverts (partner_id, created_at DESC, id DESC);
CREATE INDEX adverts_active ON adverts (partner_id, created_at DESC, id DESC) WHERE withdrawn_at IS NULL;
CREATE INDEX adverts_by_picture ON adverts (picture) WHERE picture IS NOT NULL;
COMMENT ON COLUMN adverts.reference IS 'What the partner calls it, in its own catalogue; its id when nothing else was given';
COMMENT ON COLUMN adverts.search_key IS 'Title and reference, folded';
COMMENT ON COLUMN adverts.requests IS 'How many contact requests there are about it, kept as they are stored';
COMMENT ON COLUMN adverts.withdrawn_at IS 'Since when nobody can leave a request about it; NULL: it is active';

CREATE TABLE contact_requests (
    id uuid PRIMARY KEY,
    partner_id uuid NOT NULL,
    advert_id uuid NOT NULL REFERENCES adverts,
    person_id uuid NOT NULL,
    profile_id uuid NOT NULL,
    name text NOT NULL,
    email text NOT NULL,
    phone text NOT NULL,
    message text NOT NULL,
    starts_at date NOT NULL,
    state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'seen', 'in_progress', 'done', 'spam')),
    repeat_of uuid REFERENCES contact_requests,
    assigned_to uuid,
    conversation_id uuid,
    steps integer NOT NULL DEFAULT 0,
    key text,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX contact_requests_newest ON contact_requests (partner_id, created_at DESC, id DESC);
CREATE INDEX contact_requests_by_state ON contact_requests (partner_id, state, created_at DESC, id DESC);
CREATE INDEX contact_requests_by_advert ON contact_requests (advert_id, created_at DESC, id DESC);
CREATE INDEX contact_requests_assigned ON contact_requests (partner_id, assigned_to, created_at DESC, id DESC)
    WHERE assigned_to IS NOT NULL;
CREATE INDEX contact_requests_of_person ON contact_requests (person_id, created_at DESC, id DESC);
CREATE INDEX contact_requests_repeats ON contact_requests (repeat_of) WHERE repeat_of IS NOT NULL;
CREATE UNIQUE INDEX contact_requests_key ON contact_requests (person_id, key) WHERE key IS NOT NULL;
COMMENT ON TABLE contact_requests IS 'Name, e-mail address and phone number are those of the person at the time; they do not follow later changes';
COMMENT ON COLUMN contact_requests.starts_at IS 'From when the person wishes to be contacted';
COMMENT ON COLUMN contact_requests.repeat_of IS 'The first of requests of the same person about the same advert, each within 24 hours of the one before';
COMMENT ON COLUMN contact_requests.conversation_id IS 'The storefront conversation in which the partner answered';
COMMENT ON COLUMN contact_requests.steps IS 'Ordinal of the last step';
COMMENT ON COLUMN contact_requests.key IS 'The Idempotency-Key of the person, unique for ever';

CREATE TABLE contact_request_steps (
    request_id uuid NOT NULL REFERENCES contact_requests,
    ordinal integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('state', 'assigned', 'note', 'conversation')),
    person_id uuid NOT NULL,
    state text,
    assigned_to uuid,
    text text,
    at timestamptz NOT NULL,
    PRIMARY KEY (request_id, ordinal)
);
COMMENT ON TABLE contact_request_steps IS 'What was done about a request, by whom and when';
COMMENT ON COLUMN contact_request_steps.assigned_to IS 'Of kind assigned: to whom; NULL: to nobody any more';

CREATE TABLE contact_request_counts (
    partner_id uuid NOT NULL,
    advert_id uuid NOT NULL,
    day date NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (partner_id, advert_id, day)
) WITH (fillfactor = 70);
CREATE INDEX contact_request_counts_by_day ON contact_request_counts (partner_id, day);
COMMENT ON TABLE contact_request_counts IS 'How many requests came on a day, kept as they are stored: nobody counts a million rows to answer';
COMMENT ON COLUMN contact_request_counts.advert_id IS 'The nil UUID: all adverts of the partner together';
COMMENT ON COLUMN contact_request_counts.day IS 'In the time zone that the partner had then';

CREATE VIEW contact_requests_in_full AS
SELECT r.id, r.partner_id, r.advert_id, r.person_id, r.profile_id, r.name, r.email, r.phone, r.message, r.starts_at,
    r.state, r.repeat_of, r.assigned_to, r.conversation_id, r.key, r.created_at, r.changed_at,
    a.reference, a.title, a.link, a.picture, p.name AS partner_name, p.picture AS partner_picture,
    k.name AS person_name, k.picture AS person_picture, m.name AS assignee_name, m.picture AS assignee_picture,
    (SELECT count(*) FROM contact_requests x WHERE x.repeat_of = r.id) AS repeats
FROM contact_requests r
JOIN adverts a ON a.id = r.advert_id
LEFT JOIN party_cards p ON p.id = r.partner_id
LEFT JOIN person_cards k ON k.id = r.person_id
LEFT JOIN person_cards m ON m.id = r.assigned_to;
COMMENT ON VIEW contact_requests_in_full IS 'Requests with the names and pictures of all that they speak of, as people see them';
