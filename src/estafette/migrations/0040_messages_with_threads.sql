-- Most messages have no thread: what is shown of them is asked for none.

ALTER TABLE messages ADD COLUMN has_thread boolean NOT NULL DEFAULT false;
UPDATE messages SET has_thread = true FROM threads WHERE messages.id = threads.root_id;
COMMENT ON COLUMN messages.has_thread IS 'Whether a thread was ever opened below it; what stands there is in `threads`';
