-- The files of a conversation are listed without reading its messages.

CREATE INDEX messages_with_files ON messages (conversation_id, ordinal DESC) WHERE attachments IS NOT NULL;
