-- Domains of the organisation: whoever proves an address there is an employee.

CREATE TABLE employee_domains (
    domain text PRIMARY KEY,
    name text NOT NULL UNIQUE,
    added_at timestamptz NOT NULL,
    added_by uuid NOT NULL REFERENCES people
);
COMMENT ON COLUMN employee_domains.domain IS 'In ASCII (IDNA 2008)';
COMMENT ON COLUMN employee_domains.name IS 'As it is written, compared as addresses are (people.email_key)';
