-- What can be found by its words. No text lies here: only word stems, who may find it, and where it belongs.

CREATE TABLE search_documents (
    id uuid PRIMARY KEY,
    version bigint NOT NULL,
    kind text,
    container_id uuid,
    audience uuid[] NOT NULL DEFAULT '{}',
    at timestamptz,
    words tsvector,
    CHECK (words IS NULL OR (kind IS NOT NULL AND container_id IS NOT NULL AND at IS NOT NULL))
);
-- Who and what in one index: the rows that match both are found without looking at those that match one.
CREATE INDEX search_documents_words ON search_documents USING gin (audience, words) WITH (gin_pending_list_limit = 512);
CREATE INDEX search_documents_newest ON search_documents (kind, at, id) WHERE words IS NOT NULL;
CREATE INDEX search_documents_newest_within ON search_documents (container_id, at, id) WHERE words IS NOT NULL;
COMMENT ON TABLE search_documents IS 'Words of everything that can be searched; a row without words is a forgotten one, kept so that late indexing cannot bring it back';
COMMENT ON COLUMN search_documents.version IS 'Grows with each change of the source; an older one never replaces a newer one';
