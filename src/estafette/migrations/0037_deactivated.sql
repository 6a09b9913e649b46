-- Who was deactivated stays in what was said, and is shown as such; owners who leave hand over.

CREATE OR REPLACE VIEW party_cards AS
SELECT id, 'person' AS kind, name, picture, name_key, disabled_at IS NOT NULL AS deactivated FROM people
UNION ALL
SELECT id, 'partner' AS kind, name, picture, name_key, false AS deactivated FROM partners;

CREATE OR REPLACE VIEW colleagues AS
SELECT p.id, p.name, p.picture, p.email, p.time_zone, coalesce(e.title, '') AS title,
    coalesce(e.department, '') AS department, e.phone, coalesce(e.working_hours, '[]') AS working_hours,
    m.id AS manager_id, m.name AS manager_name, m.picture AS manager_picture, p.disabled_at AS deactivated_at
FROM people p
LEFT JOIN employee_profiles e ON e.person_id = p.id
LEFT JOIN people m ON m.id = e.manager_id AND m.disabled_at IS NULL;
