-- Links to documents of other systems: the systems, and who acknowledged what.

CREATE TABLE document_systems (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    patterns text[] NOT NULL,
    connector text NOT NULL,
    credential bytea NOT NULL,
    created_at timestamptz NOT NULL,
    created_by uuid NOT NULL REFERENCES people,
    changed_at timestamptz NOT NULL
);
COMMENT ON COLUMN document_systems.patterns IS 'How links to its documents look: an address in which {id} stands for the document';
COMMENT ON COLUMN document_systems.connector IS 'The address below which its connector answers (docs/documents.md)';
COMMENT ON COLUMN document_systems.credential IS 'What the connector is shown, encrypted with the key in the data folder';

CREATE TABLE document_acknowledgements (
    id uuid PRIMARY KEY,
    system_id uuid NOT NULL REFERENCES document_systems ON DELETE CASCADE,
    document text NOT NULL,
    version text NOT NULL,
    person_id uuid NOT NULL REFERENCES people,
    email text NOT NULL,
    acknowledged_at timestamptz NOT NULL,
    not_before timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    UNIQUE (system_id, document, version, person_id)
);
CREATE INDEX document_acknowledgements_due ON document_acknowledgements (not_before) WHERE not_before IS NOT NULL;
CREATE INDEX document_acknowledgements_of_person ON document_acknowledgements (person_id, system_id, document);
COMMENT ON TABLE document_acknowledgements IS 'Who has taken note of which version of a document; of the document itself nothing is kept';
COMMENT ON COLUMN document_acknowledgements.email IS 'The confirmed address by which the system knew the person then';
COMMENT ON COLUMN document_acknowledgements.not_before IS 'When the connector is told next; NULL once it has taken it';
