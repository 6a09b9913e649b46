"""Searching people and chats by their names."""

from typing import Final
from uuid import UUID

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.base.cursors import read_cursor, read_name_cursor, write_cursor
from estafette.base.database import Database
from estafette.conversations.actions.presenting import by_ids, cursor_of, merged, present
from estafette.conversations.models.found import FoundChats, FoundPeople
from estafette.conversations.rules import MAX_QUERY
from estafette.conversations.store import conversations, groups

_CHANNEL: Final = "#"
"""What the place of an open channel in a list begins with; that of one's own chats is a time."""


async def search_people(
    database: Database, person: SignedIn, words: str, cursor: str | None, limit: int
) -> FoundPeople:
    """Colleagues by name, title, department and phone; nobody for who is no employee."""
    typed = " ".join(words.replace('"', " ").split())[:MAX_QUERY]
    if not typed or "employee" not in person.roles:
        return FoundPeople()
    found = await accounts.search_directory(database, person, typed, None, cursor, limit)
    return FoundPeople(found.items, found.next)


async def search_chats(database: Database, person: SignedIn, words: str, cursor: str | None, limit: int) -> FoundChats:
    """Conversations in whose name all words stand: those one is in, the newest first, then other open channels."""
    names = accounts.folded(words.replace('"', " ")[:MAX_QUERY]).split()
    if not names:
        return FoundChats()
    place = read_name_cursor(cursor)
    if place is not None and place[0].startswith(_CHANNEL):
        return await _open_channels(database, person, names, (place[0][len(_CHANNEL) :], place[1]), limit)
    before = read_cursor(cursor)
    rows = await conversations.list_two_sided(database, person.person_id, names=names, before=before, limit=limit + 1)
    if "employee" in person.roles:
        own = await groups.list_own(database, person.person_id, names=names, before=before, limit=limit + 1)
        rows = merged(rows, own, limit + 1)
    items = await present(database, rows[:limit])
    if len(rows) > limit:
        return FoundChats(items, write_cursor(cursor_of(rows[limit - 1])))
    if "employee" not in person.roles:
        return FoundChats(items)
    # Before the first of them: a page that is full already says where they begin.
    others = await _open_channels(database, person, names, ("", UUID(int=0)), limit - len(items))
    return FoundChats([*items, *others.items], others.next)


async def _open_channels(
    database: Database, person: SignedIn, names: list[str], after: tuple[str, UUID], limit: int
) -> FoundChats:
    """Open channels that the person is not in, by name."""
    found = await groups.find_open(database, person.person_id, names, after, limit + 1)
    shown = found[:limit]
    known = {
        each.id: each
        for each in await by_ids(
            database, person.person_id, [row["conversation_id"] for row in shown if not row["joined"]]
        )
    }
    items = [known[row["conversation_id"]] for row in shown if row["conversation_id"] in known]
    if len(found) <= limit:
        return FoundChats(items)
    key, last = (shown[-1]["name_key"], shown[-1]["conversation_id"]) if shown else after
    return FoundChats(items, write_cursor((_CHANNEL + key, last)))
