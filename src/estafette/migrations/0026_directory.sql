-- The directory of the organisation: what colleagues are to each other, and how they are found while one types.

CREATE TABLE employee_profiles (
    person_id uuid PRIMARY KEY REFERENCES people,
    title text NOT NULL,
    title_key text NOT NULL,
    department text NOT NULL,
    department_key text NOT NULL,
    manager_id uuid REFERENCES people,
    phone text,
    phone_words text[] NOT NULL,
    working_hours jsonb NOT NULL
);
CREATE INDEX employee_profiles_by_manager ON employee_profiles (manager_id) WHERE manager_id IS NOT NULL;
COMMENT ON TABLE employee_profiles IS 'What an employee is to colleagues; kept when they leave, shown only while they are employees';
COMMENT ON COLUMN employee_profiles.title_key IS 'The title folded as names are (people.name_key); department_key likewise';
COMMENT ON COLUMN employee_profiles.phone IS 'E.164, at work; people.phone is private';
COMMENT ON COLUMN employee_profiles.phone_words IS 'The ways in which somebody begins to type the number: with and without its country, its last four digits';
COMMENT ON COLUMN employee_profiles.working_hours IS 'Opening spans, by the clock of the time zone of the person';

CREATE TABLE directory_entries (
    person_id uuid PRIMARY KEY REFERENCES people,
    name_key text COLLATE "C" NOT NULL,
    department_key text COLLATE "C" NOT NULL,
    words tsvector NOT NULL
);
CREATE INDEX directory_entries_by_name ON directory_entries (name_key, person_id);
CREATE INDEX directory_entries_by_department ON directory_entries (department_key, name_key, person_id);
CREATE INDEX directory_entries_by_words ON directory_entries USING gin (words) WITH (fastupdate = off);
COMMENT ON TABLE directory_entries IS 'Whoever is listed now: a row for each employee who is not disabled, made anew with every change of them';
COMMENT ON COLUMN directory_entries.name_key IS 'In order of code points, so that one index finds beginnings and sorts';

CREATE FUNCTION directory_words(VARIADIC texts text[]) RETURNS tsvector LANGUAGE sql STABLE AS $$
    SELECT array_to_tsvector(array_agg(DISTINCT word))
    FROM unnest(texts) AS given, regexp_split_to_table(given, '[^[:alnum:]]+') AS word
    WHERE word <> ''
$$;
COMMENT ON FUNCTION directory_words IS 'The words of folded texts; each is found by its beginning';

INSERT INTO directory_entries (person_id, name_key, department_key, words)
SELECT people.id, people.name_key, '', coalesce(directory_words(people.name_key, people.email_key), '')
FROM people JOIN employees ON employees.person_id = people.id;

CREATE VIEW colleagues AS
SELECT p.id, p.name, p.picture, p.email, p.time_zone, coalesce(e.title, '') AS title,
    coalesce(e.department, '') AS department, e.phone, coalesce(e.working_hours, '[]') AS working_hours,
    m.id AS manager_id, m.name AS manager_name, m.picture AS manager_picture
FROM people p
LEFT JOIN employee_profiles e ON e.person_id = p.id
LEFT JOIN people m ON m.id = e.manager_id AND m.disabled_at IS NULL;
COMMENT ON VIEW colleagues IS 'People as their colleagues see them, whether they are employees now or not';
