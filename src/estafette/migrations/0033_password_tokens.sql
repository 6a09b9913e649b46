-- Tokens that a program got for an address and a password: they last a day, and only the newest of a person are kept.
ALTER TABLE tokens ADD COLUMN for_password boolean NOT NULL DEFAULT false;
