-- Who is who: people with roles, how they sign in, the partners (organisations) and their members.

CREATE TABLE people (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    name_key text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL UNIQUE,
    phone text,
    language text NOT NULL CHECK (language IN ('en', 'fr', 'pt', 'ru')),
    time_zone text NOT NULL,
    picture uuid,
    password_hash text,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz,
    disabled_at timestamptz
) WITH (fillfactor = 90);
CREATE INDEX people_by_name ON people (name_key, id);
CREATE INDEX people_by_picture ON people (picture) WHERE picture IS NOT NULL;
COMMENT ON COLUMN people.name_key IS 'The name folded (lower case, no accents): lists are sorted and searched by it';
COMMENT ON COLUMN people.email_key IS 'The e-mail address as it is compared (NFKC, lower case); email is as it was typed';
COMMENT ON COLUMN people.phone IS 'E.164';
COMMENT ON COLUMN people.picture IS 'A file; the files capability keeps it as long as it is claimed';
COMMENT ON COLUMN people.password_hash IS 'argon2id; NULL: this person signs in with tokens only, or not yet';

CREATE TABLE role_grants (
    person_id uuid NOT NULL REFERENCES people,
    role text NOT NULL CHECK (role IN ('customer', 'administrator', 'service')),
    granted_at timestamptz NOT NULL,
    granted_by uuid REFERENCES people,
    PRIMARY KEY (person_id, role)
);
CREATE INDEX role_grants_by_role ON role_grants (role, person_id);
COMMENT ON COLUMN role_grants.granted_by IS 'NULL: by signing up, by the setup code or from the command line';

CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people,
    token_hash bytea NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    address text,
    user_agent text
) WITH (fillfactor = 80);
CREATE INDEX sessions_by_person ON sessions (person_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
COMMENT ON COLUMN sessions.token_hash IS 'SHA-256 of what the cookie holds; the value itself is not stored';

CREATE TABLE tokens (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people,
    token_hash bytea NOT NULL UNIQUE,
    name text NOT NULL,
    scopes text[] NOT NULL CHECK (scopes <@ ARRAY['read', 'write', 'admin'] AND cardinality(scopes) > 0),
    created_at timestamptz NOT NULL,
    created_by uuid REFERENCES people,
    expires_at timestamptz,
    last_used_at timestamptz
) WITH (fillfactor = 80);
CREATE INDEX tokens_by_person ON tokens (person_id);
COMMENT ON COLUMN tokens.token_hash IS 'SHA-256 of the bearer token; the token itself is shown once and not stored';

CREATE TABLE contact_profiles (
    id uuid PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES people,
    label text NOT NULL,
    email text,
    phone text,
    is_default boolean NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX contact_profiles_by_person ON contact_profiles (person_id);
CREATE UNIQUE INDEX contact_profiles_one_default ON contact_profiles (person_id) WHERE is_default;

CREATE TABLE partners (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    name_key text NOT NULL,
    search_key text NOT NULL,
    tagline text NOT NULL DEFAULT '',
    description text NOT NULL DEFAULT '',
    picture uuid,
    cover uuid,
    city text,
    website text,
    time_zone text NOT NULL,
    opening_hours jsonb NOT NULL DEFAULT '[]',
    confirmation_texts jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    created_by uuid REFERENCES people
) WITH (fillfactor = 90);
CREATE INDEX partners_by_name ON partners (name_key, id);
CREATE INDEX partners_by_picture ON partners (picture) WHERE picture IS NOT NULL;
CREATE INDEX partners_by_cover ON partners (cover) WHERE cover IS NOT NULL;
COMMENT ON COLUMN partners.search_key IS 'Name, tagline and city, folded';
COMMENT ON COLUMN partners.opening_hours IS 'A list of {day, opens, closes}; day 0 is Monday, times are in time_zone';
COMMENT ON COLUMN partners.confirmation_texts IS 'By language; a language that is missing has the default text';

CREATE TABLE partner_members (
    partner_id uuid NOT NULL REFERENCES partners,
    person_id uuid NOT NULL REFERENCES people,
    role text NOT NULL CHECK (role IN ('owner', 'member')),
    since timestamptz NOT NULL,
    added_by uuid REFERENCES people,
    PRIMARY KEY (partner_id, person_id)
);
CREATE INDEX partner_members_by_person ON partner_members (person_id);

-- Published: other capabilities may read these three and nothing else of accounts.

CREATE VIEW person_cards AS
SELECT id, name, picture FROM people;

CREATE VIEW party_cards AS
SELECT id, 'person' AS kind, name, picture, name_key FROM people
UNION ALL
SELECT id, 'partner' AS kind, name, picture, name_key FROM partners;
COMMENT ON VIEW party_cards IS 'People and partners: all who can take part in a conversation';

CREATE VIEW acting_parties AS
SELECT people.id AS person_id, people.id AS party_id
FROM people
WHERE people.disabled_at IS NULL
UNION ALL
SELECT partner_members.person_id, partner_members.partner_id AS party_id
FROM partner_members JOIN people ON people.id = partner_members.person_id
WHERE people.disabled_at IS NULL;
COMMENT ON VIEW acting_parties IS 'For whom a person acts: for himself, and for the partners he is a member of';
