-- What is said can be asked for by who, where and with what, too, and the files of a message are found by themselves.

ALTER TABLE search_documents ADD COLUMN source_id uuid;
CREATE INDEX search_documents_source ON search_documents (source_id) WHERE source_id IS NOT NULL;
COMMENT ON COLUMN search_documents.source_id IS 'What a document goes with that is a part of something else: of a file the message that it is attached to';

-- What was indexed before knows nothing of that: it is written anew in the background, the newest first.
CREATE TABLE unindexed_conversations (
    conversation_id uuid PRIMARY KEY REFERENCES conversations,
    before_ordinal bigint NOT NULL,
    not_before timestamptz NOT NULL DEFAULT '-infinity'
);
CREATE INDEX unindexed_conversations_due ON unindexed_conversations (not_before);
COMMENT ON TABLE unindexed_conversations IS 'Conversations whose messages below an ordinal are to be indexed anew; a worker empties it';
INSERT INTO unindexed_conversations (conversation_id, before_ordinal)
SELECT id, last_ordinal + 1 FROM conversations WHERE last_ordinal > 0;
