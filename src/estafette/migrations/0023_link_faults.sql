-- Why a gateway has no link, as a reason that is told in every language, and when it is tried again.

ALTER TABLE gateway_states ADD COLUMN fault text, ADD COLUMN next_attempt_at timestamptz;
