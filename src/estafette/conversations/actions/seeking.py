"""What the operators of a search expression mean to who types them: people, conversations, days, what is unread."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from estafette import accounts, search
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.dates import day_of, start_of_day
from estafette.base.errors import FieldError, Invalid
from estafette.conversations.store import conversations, groups, sought

ALIKE: Final = 50
"""So many people or conversations a name may mean."""
UNREAD_PLACES: Final = 500
SHOWN: Final = 60
"""Characters of a piece that an error shows."""


def read_query(q: str) -> search.Expression:
    """An expression of at most 500 characters; raises Invalid on field `q` with every piece that means nothing."""
    if len(q) > search.MAX_EXPRESSION:
        raise Invalid(FieldError("q", "too_long", {"max": search.MAX_EXPRESSION}))
    expression = search.read_expression(q.replace("\0", " "))
    if not q.strip():
        raise Invalid(FieldError("q", "required"))
    if expression.faults:
        raise Invalid(*(_wrong(each.code, each.piece, each.place) for each in expression.faults))
    return expression


def _wrong(code: str, piece: str, place: int) -> FieldError:
    """What is wrong with a piece, with the character that people count it from."""
    return FieldError("q", code, {"piece": piece if len(piece) <= SHOWN else f"{piece[:SHOWN]}…", "place": place + 1})


async def conditions_of(database: Database, person: SignedIn, expression: search.Expression) -> search.Conditions:
    """What must be so for a person; raises Invalid on field `q` for names that are nobody's and nowhere.

    Several `from:` or `in:` mean one or the other, since a message has one author and one place; of all others each
    must be so.
    """
    facets: list[Sequence[str]] = []
    without: list[str] = []
    either: dict[str, list[str]] = {}
    places: list[tuple[UUID, datetime]] | None = None
    for operator in expression.operators:
        if operator.name in ("before", "after", "on"):
            continue
        if operator.name == "is":
            unread = await sought.unread_places(database, person.person_id, UNREAD_PLACES)
            places = [(row["id"], row["since"]) for row in unread]
            # What one's own side says is not unread.
            without += [f"from:{party}" for party in person.parties]
            continue
        asked = await _facets(database, person, operator)
        if not operator.wanted:
            without += asked
        elif operator.name in ("from", "in"):
            either.setdefault(operator.name, []).extend(asked)
        else:
            facets.append(asked)
    since, until = _days(expression.operators, person.time_zone, database.clock.now())
    return search.Conditions(
        facets=(*facets, *either.values()), without=tuple(without), since=since, until=until, places=places
    )


async def _facets(database: Database, person: SignedIn, operator: search.Operator) -> list[str]:
    """By which entries of the index an operator is answered, one or the other."""
    name, value = operator.name, operator.value
    if name == "has":
        return [f"has:{value.lower()}"]
    if name == "pinned":
        return ["pinned:yes"]
    if name in ("from", "mentions") and value.lower() == "me":
        return [f"{name}:{person.person_id}", *(["mentions:all"] if name == "mentions" else [])]
    found = await (_places if name == "in" else _people)(database, person, value)
    if not found:
        code = "search_nowhere" if name == "in" else "search_nobody"
        raise Invalid(_wrong(code, operator.piece, operator.place))
    return [f"{name}:{each}" for each in found]


async def _people(database: Database, person: SignedIn, value: str) -> list[UUID]:
    """Whose name has words that begin so: colleagues, also former ones, and who a person has conversations
    with; or one by id.
    """
    one = _id(value)
    names = accounts.folded(value).split()
    if one or not names:
        return [one] if one else []
    found = await sought.parties_named(database, person.person_id, names, ALIKE)
    if "employee" in person.roles:
        listed = await accounts.search_directory(database, person, value, None, None, ALIKE)
        found += [each.id for each in listed.items if _begins(each.name, names)]
        found += await accounts.former_colleagues(database, person, names, ALIKE)
    return list(dict.fromkeys(found))


def _begins(name: str, names: Sequence[str]) -> bool:
    plain = f" {accounts.folded(name)}"
    return all(f" {each}" in plain for each in names)


async def _places(database: Database, person: SignedIn, value: str) -> list[UUID]:
    """The conversations in whose name, or in that of their other side, the words stand; or one by id."""
    one = _id(value)
    names = accounts.folded(value).split()
    if one or not names:
        return [one] if one else []
    found = [
        row["conversation"]
        for row in await conversations.list_two_sided(database, person.person_id, names=names, limit=ALIKE)
    ]
    if "employee" in person.roles:
        own = await groups.list_own(database, person.person_id, names=names, limit=ALIKE)
        found += [row["conversation"] for row in own]
        channels = await groups.find_open(database, person.person_id, names, None, ALIKE)
        found += [row["conversation_id"] for row in channels]
    return list(dict.fromkeys(found))


def _id(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def _days(operators: Sequence[search.Operator], time_zone: str, now: datetime) -> tuple[datetime, datetime]:
    """From when on and before when; days are those of a zone."""
    since, until = search.Conditions().since, search.Conditions().until
    today = day_of(now, time_zone)
    for operator in operators:
        days = search.days_of(operator.value) if operator.name in ("before", "after", "on") else None
        if days is None:
            continue
        first, end = days(today)
        if operator.name != "before":
            since = max(since, start_of_day(first if operator.name == "on" else end, time_zone))
        if operator.name != "after":
            until = min(until, start_of_day(end if operator.name == "on" else first, time_zone))
    return since, until
