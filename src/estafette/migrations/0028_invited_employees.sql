-- Employees are invited, too, many at once; an address may be invited to work here and to administrate.

ALTER TABLE invitations
    DROP CONSTRAINT invitations_role_check,
    DROP CONSTRAINT invitations_check,
    DROP CONSTRAINT invitations_partner_id_email_key_key,
    ADD COLUMN name text,
    ADD CONSTRAINT invitations_role_check CHECK (role IN ('owner', 'member', 'administrator', 'employee')),
    ADD CONSTRAINT invitations_check CHECK ((role IN ('administrator', 'employee')) = (partner_id IS NULL));
CREATE UNIQUE INDEX invitations_of_address
    ON invitations (partner_id, (CASE WHEN partner_id IS NULL THEN role END), email_key) NULLS NOT DISTINCT;
CREATE INDEX invitations_by_role ON invitations (role, created_at, id) WHERE partner_id IS NULL;
COMMENT ON COLUMN invitations.partner_id IS 'NULL: an invitation to administrate, or to work here';
COMMENT ON COLUMN invitations.name IS 'Of somebody without an account, as who invites knows it';
