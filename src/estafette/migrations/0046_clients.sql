-- The register of clients: who is written to and by which ways they agreed to it, how they are grouped and came in.

ALTER TABLE role_grants DROP CONSTRAINT role_grants_role_check;
ALTER TABLE role_grants ADD CONSTRAINT role_grants_role_check
    CHECK (role IN ('customer', 'employee', 'administrator', 'service', 'communications'));

CREATE TABLE client_attributes (
    key text PRIMARY KEY,
    label text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('text', 'number', 'date', 'boolean', 'choice')),
    choices text[] NOT NULL,
    position integer NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid,
    removed_at timestamptz,
    removed_by uuid,
    cleared_to uuid
);
COMMENT ON TABLE client_attributes IS 'What the organisation wishes to know of its clients, beside what all have';
COMMENT ON COLUMN client_attributes.removed_at IS 'Nothing is shown or filtered by it any more; its key is not given again while values are being cleared';
COMMENT ON COLUMN client_attributes.cleared_to IS 'Up to which client its values were taken away, once it is removed';

CREATE TABLE clients (
    id uuid PRIMARY KEY,
    external_id text,
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    email text,
    email_key text,
    phone text,
    whatsapp text,
    language text,
    time_zone text,
    attributes jsonb NOT NULL,
    consented text[] NOT NULL,
    refused text[] NOT NULL,
    words tsvector NOT NULL,
    person_id uuid,
    revision integer NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid,
    changed_at timestamptz NOT NULL
) WITH (fillfactor = 85);
CREATE UNIQUE INDEX clients_by_external_id ON clients (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX clients_by_name ON clients (name_key, id);
CREATE INDEX clients_by_email ON clients (email_key) WHERE email_key IS NOT NULL;
CREATE INDEX clients_by_phone ON clients (phone) WHERE phone IS NOT NULL;
CREATE INDEX clients_by_words ON clients USING gin (words);
CREATE UNIQUE INDEX clients_by_person ON clients (person_id) WHERE person_id IS NOT NULL;
COMMENT ON COLUMN clients.name_key IS 'The name, or else the first address, folded: in this order clients are listed';
COMMENT ON COLUMN clients.email_key IS 'The address without case and width, as people.email_key';
COMMENT ON COLUMN clients.phone IS 'E.164, as is whatsapp';
COMMENT ON COLUMN clients.attributes IS 'Values by the keys of client_attributes; dates as ISO 8601';
COMMENT ON COLUMN clients.consented IS 'The channels by which the client agreed to be written to, as client_consents tells last';
COMMENT ON COLUMN clients.refused IS 'The channels that the client has refused; one in neither was never spoken of';
COMMENT ON COLUMN clients.person_id IS 'Whose account has the same address, confirmed';
COMMENT ON COLUMN clients.revision IS 'Counts changes: who changes something names the one that he has seen';

CREATE TABLE client_consents (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    client_id uuid NOT NULL REFERENCES clients ON DELETE CASCADE,
    channel text NOT NULL CHECK (channel IN ('email', 'sms', 'whatsapp')),
    given boolean NOT NULL,
    source text NOT NULL,
    at timestamptz NOT NULL,
    recorded_by uuid
);
CREATE INDEX client_consents_of_client ON client_consents (client_id, id);
COMMENT ON TABLE client_consents IS 'Every time that a client agreed or refused, and where; the last of a channel counts';

CREATE TABLE client_erasures (
    client_id uuid PRIMARY KEY,
    erased_at timestamptz NOT NULL,
    erased_by uuid
);
COMMENT ON TABLE client_erasures IS 'That there was a client, and nothing of who it was';

CREATE TABLE client_imports (
    id uuid PRIMARY KEY,
    file_name text NOT NULL,
    size bigint NOT NULL,
    format text NOT NULL CHECK (format IN ('csv', 'xlsx', 'jsonl')),
    encoding text NOT NULL,
    separator text NOT NULL,
    lines integer NOT NULL,
    columns text[] NOT NULL,
    state text NOT NULL CHECK (state IN ('uploaded', 'queued', 'running', 'done', 'cancelled', 'failed')),
    plan jsonb,
    failure text,
    position integer NOT NULL DEFAULT 0,
    created integer NOT NULL DEFAULT 0,
    changed integer NOT NULL DEFAULT 0,
    skipped integer NOT NULL DEFAULT 0,
    rejected integer NOT NULL DEFAULT 0,
    lease uuid,
    leased_until timestamptz,
    faults integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL,
    started_at timestamptz,
    ended_at timestamptz,
    has_file boolean NOT NULL DEFAULT true
);
CREATE INDEX client_imports_newest ON client_imports (created_at DESC, id DESC);
CREATE INDEX client_imports_waiting ON client_imports (created_at, id) WHERE state IN ('queued', 'running');
CREATE INDEX client_imports_with_files ON client_imports (created_at) WHERE has_file;
COMMENT ON COLUMN client_imports.lines IS 'About how many records the file has; 0: not known';
COMMENT ON COLUMN client_imports.plan IS 'What stands in which column, and what becomes of clients that are known already';
COMMENT ON COLUMN client_imports.position IS 'Records that are done: who goes on begins behind them';
COMMENT ON COLUMN client_imports.has_file IS 'Whether its bytes are still kept';

CREATE TABLE client_import_rejects (
    import_id uuid NOT NULL REFERENCES client_imports ON DELETE CASCADE,
    line integer NOT NULL,
    field text NOT NULL,
    code text NOT NULL,
    details jsonb NOT NULL,
    cells text[] NOT NULL,
    PRIMARY KEY (import_id, line)
);
COMMENT ON TABLE client_import_rejects IS 'Lines that did not come in, as they stood in the file, and what is wrong with each';

CREATE TABLE client_segments (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL UNIQUE,
    filter jsonb NOT NULL,
    revision integer NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid,
    changed_at timestamptz NOT NULL
);
COMMENT ON COLUMN client_segments.filter IS 'Who belongs to it, as a tree of rules: it is asked anew each time';
