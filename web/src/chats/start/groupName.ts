/** What a group is called that nobody has named: the first names of its people, as many as have room. */
const LONGEST = 80;

export function nameOf(people: string[]): string {
  const first = people.map((name) => name.trim().split(/\s+/)[0] ?? '').filter(Boolean);
  let name = first.join(', ');
  for (let shown = first.length - 1; name.length > LONGEST && shown > 0; shown--) name = `${first.slice(0, shown).join(', ')}…`;
  return name.slice(0, LONGEST);
}
