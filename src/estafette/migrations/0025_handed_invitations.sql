-- An invitation's link may be handed over by whoever invites, and its mail may be in a language that was chosen.

ALTER TABLE invitations
    ADD COLUMN handed_hash bytea UNIQUE,
    ADD COLUMN language text CHECK (language IN ('en', 'fr', 'pt', 'ru'));
COMMENT ON COLUMN invitations.handed_hash IS 'SHA-256 of the secret of the link that was shown to who invites; unlike the mailed one it proves no address';
COMMENT ON COLUMN invitations.language IS 'Of the mail to somebody without an account; NULL: that of who invites';
