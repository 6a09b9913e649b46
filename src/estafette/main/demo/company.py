"""Fills the company of the demo: its people from a table, their hours and what they say to each other."""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from estafette import accounts, conversations, presence
from estafette.base.database import Database
from estafette.base.errors import Problem
from estafette.base.ids import new_id
from estafette.main.demo.appearances import APPEARANCES
from estafette.main.demo.employees import COMPANY, at, names
from estafette.main.demo.portraits import portrait
from estafette.main.demo.talks import TALKS, Talk

WHO_SIGNS_IN: Final = ("nora", "marta", "pavel")
_MENTION: Final = re.compile(r"@(\w+)")
_LINES_A_DAY: Final = 5
_MINUTES_APART: Final = (4, 11, 2, 27, 6)


class Company:
    """The company while it is being written; `set_clock` takes minutes before now."""

    def __init__(self, database: Database, now: datetime, set_clock: Callable[[int], None]) -> None:
        self._database = database
        self._now = now
        self._set_clock = set_clock
        self._names = names()
        self._ids: dict[str, UUID] = {}

    async def settle(self, administrator: accounts.SignedIn, known: Mapping[str, UUID]) -> None:
        """Everybody, as an administrator imports them; `known` are those who can sign in, by address."""
        await accounts.import_people(self._database, administrator, COMPANY.encode(), _no_mail, invite=False)
        for who in self._names:
            found = known.get(at(who))
            if found is None:
                person = await accounts.find_by_email(self._database, at(who))
                assert person is not None  # noqa: S101 - just imported
                found = person.id
            self._ids[who] = found
        hours = [accounts.OpeningSpan(day=day, opens="09:00", closes="17:30") for day in range(5)]
        for who in WHO_SIGNS_IN:
            changes = accounts.EmployeeProfileChanges(working_hours=hours)
            await accounts.change_employee_profile(self._database, self._signed_in(who), self._ids[who], changes)

    async def appear(self, upload: Callable[[UUID, str, bytes], Awaitable[UUID]]) -> None:
        """Pictures of some, and what some say of themselves now."""
        for who, shown in APPEARANCES.items():
            signed_in = self._signed_in(who)
            if shown.portrait is not None:
                picture = await upload(signed_in.person_id, f"{who}.jpg", portrait(shown.portrait))
                changes = accounts.ProfileChanges(picture=picture)
                await accounts.change_profile(self._database, signed_in, changes)
            if shown.text:
                until = None if shown.hours is None else self._now + timedelta(hours=shown.hours)
                said = presence.CustomStatusPut(emoji=shown.emoji, text=shown.text, until=until)
                await presence.put_custom_status(self._database, signed_in, said)
            if shown.do_not_disturb:
                quiet = presence.StatusPut(status="do_not_disturb")
                await presence.put_status(self._database, signed_in, quiet)

    async def talk(self) -> None:
        """All that they say; who signs in has some of it still to read."""
        for talk in TALKS:
            await self._tell(talk)
        self._set_clock(0)

    async def _tell(self, talk: Talk) -> None:
        minutes = _times(self._now, talk.days_ago, len(talk.lines))
        self._set_clock(minutes[0] + 60)
        place = await self._open(talk)
        above: UUID | None = None
        last = 0
        follow: set[str] = set()
        for (who, line), ago in zip(talk.lines, minutes, strict=True):
            self._set_clock(ago)
            text, emoji = _parted(line)
            if text.startswith("> ") and above is not None:
                thread = (await conversations.open_thread(self._database, self._signed_in(who), place, above)).id
                reply = await self._say(thread, who, text.removeprefix("> "))
                follow.add(who)
                for each in follow:
                    await self._read(thread, each, reply.ordinal)
                continue
            said = await self._say(place, who, text.removeprefix("* "))
            above, last, follow = said.id, said.ordinal, {who}
            if text.startswith("* "):
                opener = self._ids[talk.members[0]]
                await conversations.set_pinned(self._database, opener, place, said.id, is_pinned=True)
            if emoji:
                other = next(each for each in talk.members if each != who)
                await conversations.react(self._database, self._ids[other], place, said.id, emoji)
        for who in _readers(talk):
            await self._read(place, who, max(1, last - talk.unread) if who in WHO_SIGNS_IN else last)

    async def _read(self, place: UUID, who: str, ordinal: int) -> None:
        card = accounts.Card(id=self._ids[who], name=self._names[who])
        await conversations.mark_read(self._database, card, place, ordinal)

    async def _open(self, talk: Talk) -> UUID:
        opener = self._signed_in(talk.members[0])
        others = [self._ids[each] for each in talk.members[1:]]
        if talk.kind == "direct":
            return (await conversations.open_direct(self._database, opener, others[0])).id
        new = conversations.NewGroup(
            kind=talk.kind,
            name=talk.name,
            purpose=talk.purpose,
            is_open=talk.kind == "channel" and talk.is_open,
        )
        place = (await conversations.open_group(self._database, opener, new)).id
        await conversations.invite(self._database, opener, place, others, "member")
        return place

    async def _say(self, place: UUID, who: str, text: str) -> conversations.Message:
        mentioned = [each for each in _MENTION.findall(text) if each in self._ids]
        for each in mentioned:
            text = text.replace(f"@{each}", f"@[{self._names[each]}](person:{self._ids[each]})")
        draft = conversations.Draft(
            id=new_id(),
            conversation_id=place,
            person_id=self._ids[who],
            text=text,
            mentions=tuple(self._ids[each] for each in mentioned),
        )
        async with self._database.transaction() as transaction:
            [said] = await conversations.append(transaction, [draft])
        if isinstance(said, Problem):
            raise said
        assert isinstance(said, conversations.Message)  # noqa: S101 - nobody else writes meanwhile
        return said

    def _signed_in(self, who: str) -> accounts.SignedIn:
        id_ = self._ids[who]
        return accounts.SignedIn(
            person_id=id_,
            name=self._names[who],
            email=at(who),
            language="en",
            time_zone="UTC",
            roles=frozenset({"employee"}),
            partners={},
            parties=frozenset({id_}),
        )


def _readers(talk: Talk) -> set[str]:
    """Who has read it: in a group all, in a channel those who spoke, were mentioned, or sign in."""
    if talk.kind != "channel":
        return set(talk.members)
    spoke = {who for who, _ in talk.lines}
    mentioned = {each for _, line in talk.lines for each in _MENTION.findall(line)}
    return (spoke | mentioned | set(WHO_SIGNS_IN)) & set(talk.members)


def _parted(line: str) -> tuple[str, str]:
    """A line, and the emoji below it."""
    text, plus, emoji = line.rpartition(" +")
    return (text, emoji) if plus else (line, "")


def _times(now: datetime, days_ago: int, number: int) -> list[int]:
    """Minutes before now of so many lines: some on a working day, by day, and so on until lately."""
    sessions = -(-number // _LINES_A_DAY)
    earliest = now - timedelta(days=days_ago)
    found: list[datetime] = []
    for line in range(number):
        session, place = divmod(line, _LINES_A_DAY)
        day = earliest + timedelta(days=days_ago * session / sessions)
        day -= timedelta(days=max(0, day.weekday() - 4))
        began = day.replace(hour=8 + (session * 5 + days_ago) % 7, minute=days_ago * 7 % 50)
        moment = began + timedelta(minutes=sum(_MINUTES_APART[:place]))
        found.append(max(moment, found[-1] + timedelta(minutes=3)) if found else moment)
    # Nothing is said later than a few minutes ago, and one thing after the other.
    ago = [int((now - each).total_seconds() // 60) for each in found]
    return [max(each, 10 + number - at) for at, each in enumerate(ago)]


async def _no_mail() -> bool:
    return False
