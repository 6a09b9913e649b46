-- Messages that quote another one of their conversation.

ALTER TABLE messages ADD COLUMN reply_to uuid;
COMMENT ON COLUMN messages.reply_to IS 'The message that it quotes: shown as that one is now, so that what was deleted is gone from its quotes, too';
