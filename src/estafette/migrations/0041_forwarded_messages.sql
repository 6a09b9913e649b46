-- Messages that say again what was said elsewhere, with the same files.

ALTER TABLE messages ADD COLUMN forwarded jsonb;
COMMENT ON COLUMN messages.forwarded IS 'Whose words these are: sender (a name), at, and conversation_id and ordinal of where they were said first';

-- A file belongs to all messages that show it, and goes with the last of them.
ALTER TABLE attachments DROP CONSTRAINT attachments_pkey;
ALTER TABLE attachments ADD PRIMARY KEY (file_id, message_id);
COMMENT ON TABLE attachments IS 'Which file belongs to which messages: whoever sees one of their conversations may fetch it';
