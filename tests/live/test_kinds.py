"""Direct chats, groups and channels over real sockets, with two web processes that stay in step."""

import json
from typing import Any
from uuid import UUID, uuid4

from estafette import accounts, conversations
from estafette.accounts import SignedIn
from estafette.base import changes
from tests.live.client import Json, LiveClient, Reader
from tests.processes import Site, ask
from tests.waiting import eventually
from tests.world import sign_in

MANY = 101
"""More than an event names (`membership.NAMED_IN_AN_EVENT`)."""


class Employee:
    """Somebody of the organisation, who speaks through one web process and listens at it."""

    def __init__(self, here: Site, who: SignedIn, token: str, web: int) -> None:
        self._here, self.who, self.web = here, who, web
        self.id = str(who.person_id)
        self.live = LiveClient(Reader(here.http, here.webs[web].url, token))

    async def does(self, method: str, path: str, body: object = None) -> Any:
        """The answer to one request, which works."""
        reader = self.live.reader
        status, answer = await ask(self._here.http, method, f"{reader.url}/api/v1{path}", reader.token, body)
        assert status < 300, answer
        return answer

    async def opens(self, kind: str, *members: "Employee", is_open: bool = False) -> str:
        """The id of a new group or channel with these members."""
        place = (await self.does("POST", "/groups", {"kind": kind, "name": "Lunch", "is_open": is_open}))["id"]
        if members:
            await self.invites(place, *(each.id for each in members))
        return place

    async def invites(self, place: str, *people: str) -> None:
        await self.does("POST", f"/conversations/{place}/members", {"people": people})

    async def says(self, place: str, text: str = "Hello") -> Json:
        """The message that they send."""
        return await self.does("POST", f"/conversations/{place}/messages", {"text": text})

    async def hears(self, message: Json) -> None:
        """Waits until they hold this version of a message."""
        place = message["conversation_id"]

        def held() -> Json | None:
            thread = self.live.threads.get(place)
            return thread.messages.get(message["id"]) if thread else None

        await eventually(lambda: held() == message, held)

    async def is_understood(self, place: str) -> None:
        """Waits until the server has taken all frames of this connection; once a second, in a place they are in."""
        before = self.told_of(place).count("typing")
        await self.live.say({"type": "typing", "conversation": place})
        await self.live.until("typing", conversation=place, count=before + 1)

    def told_of(self, place: str) -> list[str]:
        """The types of the frames about a conversation, in their order."""
        return [each["type"] for each in self.live.frames if each.get("conversation") == place]


async def hire(here: Site, web: int) -> Employee:
    """Somebody new of the organisation, at one of the web processes."""
    who = await sign_in(here.world.database, f"{uuid4().hex}@example.com", "Somebody", "employee")
    return Employee(here, who, await here.token(who), web)


async def test_a_direct_chat_reaches_both_wherever_they_are_connected(here: Site) -> None:
    gina, hugo, ida = await hire(here, 0), await hire(here, 1), await hire(here, 1)
    async with gina.live.connected(), hugo.live.connected(), ida.live.connected():
        place = (await gina.does("POST", "/direct-chats", {"person_id": hugo.id}))["id"]
        assert (await hugo.does("POST", "/direct-chats", {"person_id": gina.id}))["id"] == place
        for said in (await gina.says(place, "Coffee?"), await hugo.says(place, "Coming")):
            await gina.hears(said)
            await hugo.hears(said)
        await hugo.live.say({"type": "typing", "conversation": place})
        assert (await gina.live.until("typing", conversation=place))["person"]["id"] == hugo.id
        # Frames keep their order: a third one has heard by now whatever was meant for her.
        with_ida = (await hugo.does("POST", "/direct-chats", {"person_id": ida.id}))["id"]
        await ida.hears(await hugo.says(with_ida))
        assert place not in json.dumps(ida.live.frames)


async def test_what_one_settles_about_a_chat_is_told_to_one_s_other_devices_alone(here: Site) -> None:
    gina, hugo = await hire(here, 0), await hire(here, 1)
    place = await gina.opens("group", hugo)
    async with gina.live.connected(), hugo.live.connected():
        for method, path, body, favourite, level in (
            ("PUT", "favourite", None, True, "all"),
            ("PUT", "level", {"level": "nothing"}, True, "nothing"),
            ("DELETE", "favourite", None, False, "nothing"),
        ):
            await hugo.does(method, f"/conversations/{place}/{path}", body)
            await hugo.live.until(
                "own_settings", conversation=place, favourite=favourite, level=level, put_away_at=None
            )
        away = (await hugo.does("PUT", f"/conversations/{place}/put-away"))["put_away_at"]
        await hugo.live.until("own_settings", conversation=place, put_away_at=away)
        await gina.hears(await hugo.says(place))
        assert "own_settings" not in gina.told_of(place)


async def test_who_is_removed_at_one_process_is_told_nothing_more_at_the_other(here: Site) -> None:
    gina, hugo, ida = await hire(here, 0), await hire(here, 1), await hire(here, 1)
    place, other = await gina.opens("group", hugo, ida), await gina.opens("group", hugo)
    async with gina.live.connected(), hugo.live.connected(), ida.live.connected():
        await hugo.hears(await gina.says(place, "Before"))
        await gina.does("DELETE", f"/conversations/{place}/members/{hugo.id}")
        after = await gina.says(place, "After")
        await ida.live.say({"type": "typing", "conversation": place})
        await gina.live.until("typing", conversation=place)
        await ida.does("PUT", f"/conversations/{place}/read", {"ordinal": after["ordinal"]})
        await ida.hears(after)
        await ida.live.until("read", conversation=place)
        # Frames keep their order: what was meant for him has come before this.
        await hugo.hears(await gina.says(other))
        # A frame can come twice, since the worker repeats hints.
        assert list(dict.fromkeys(hugo.told_of(place))) == ["changes", "left"]
        assert hugo.told_of(place)[-1] == "left"
        assert after["id"] not in json.dumps(hugo.live.frames)
        assert hugo.live.threads.keys() == {other}
        assert hugo.live.welcomes == 1
        # Let in again he is told again.
        await gina.invites(place, hugo.id)
        await hugo.hears(after)
        await hugo.hears(await gina.says(place, "Welcome back"))


async def test_many_who_are_taken_out_at_once_are_told_nothing_more(here: Site) -> None:
    gina, hugo, ida = await hire(here, 0), await hire(here, 1), await hire(here, 1)
    database = here.world.database
    others = [
        await accounts.add_person(database, f"{uuid4().hex}@example.com", "One", ("employee",)) for _ in range(MANY)
    ]
    place, other = await gina.opens("group", hugo, ida), await gina.opens("group", hugo)
    await gina.invites(place, *(str(each.id) for each in others))
    async with hugo.live.connected(), ida.live.connected():
        await conversations.replace_members(database, gina.who, UUID(place), [ida.who.person_id])
        after = await gina.says(place, "After")
        await ida.hears(after)
        assert ida.live.threads[place] == await ida.live.reader.history(place)
        await hugo.hears(await gina.says(other))
        assert hugo.told_of(place)[-1] == "left"
        assert after["id"] not in json.dumps(hugo.live.frames)
    left = [each.kind for each in (await changes.read(database, UUID(place), 0, 1_000))]
    assert left.count("member_left") == MANY + 1
    assert (await gina.does("GET", f"/conversations/{place}"))["members"] == 2


async def test_who_joins_an_open_channel_is_told_from_then_on_without_a_new_welcome(here: Site) -> None:
    gina, hugo, ida = await hire(here, 0), await hire(here, 1), await hire(here, 1)
    place = await gina.opens("channel", ida, is_open=True)
    earlier = await gina.says(place, "Earlier")
    async with gina.live.connected(), hugo.live.connected(), ida.live.connected():
        # Ida is where Hugo is: what she has heard by now went past him.
        await ida.hears(await gina.says(place, "Not told him"))
        await hugo.does("PUT", f"/conversations/{place}/members/me")
        await hugo.hears(earlier)
        [joined] = (await hugo.live.until("changes", conversation=place))["changes"]
        assert (joined["kind"], joined["person"]["id"]) == ("member_joined", hugo.id)
        later = await gina.says(place, "Later")
        await hugo.hears(later)
        assert set(hugo.told_of(place)) == {"changes"}
        assert "Not told him" not in json.dumps(hugo.live.frames)
        await gina.hears(await hugo.says(place, "Thank you"))
        assert hugo.live.welcomes == gina.live.welcomes == 1


async def test_of_many_who_are_invited_at_once_each_hears_that_they_joined(here: Site) -> None:
    gina, hugo, ida, eve = await hire(here, 0), await hire(here, 0), await hire(here, 1), await hire(here, 1)
    database = here.world.database
    others = [
        await accounts.add_person(database, f"{uuid4().hex}@example.com", "One", ("employee",)) for _ in range(MANY)
    ]
    place = await gina.opens("channel")
    said = await gina.says(place, "Before they came")
    async with hugo.live.connected(), ida.live.connected(), eve.live.connected():
        await gina.invites(place, hugo.id, ida.id, *(str(each.id) for each in others))
        for each in (hugo, ida):
            await each.live.until("joined", conversation=place)
            await each.hears(said)
            await each.hears(await gina.says(place, "After it"))
            assert each.live.welcomes == 1
        alone = await gina.opens("group", eve)
        await eve.hears(await gina.says(alone))
        assert eve.told_of(place) == []


async def test_who_watches_an_open_channel_is_told_until_it_is_closed(here: Site) -> None:
    gina, hugo, ida = await hire(here, 0), await hire(here, 1), await hire(here, 1)
    place, other = await gina.opens("channel", ida, is_open=True), await gina.opens("group", hugo)
    await gina.says(place, "Earlier")
    async with hugo.live.connected(), ida.live.connected():
        await hugo.live.watch(place)
        await hugo.is_understood(other)
        await hugo.hears(await gina.says(place, "Open to all"))
        # Again after a new connection, which begins with looking at nothing.
        hugo.live.cut()
        await eventually(lambda: hugo.live.welcomes == 2)
        await hugo.is_understood(other)
        open_to_all = await gina.says(place, "Still open to all")
        await hugo.hears(open_to_all)
        await gina.does("PATCH", f"/conversations/{place}", {"is_open": False})
        secret = await gina.says(place, "Between us")
        await ida.hears(secret)
        # Frames keep their order: what was meant for him has come before this.
        await hugo.hears(await gina.says(other))
        assert secret["id"] not in json.dumps(hugo.live.frames)
        told = [each for each in hugo.live.frames if each.get("conversation") == place]
        assert [each["until"] for each in told if each["type"] == "changes"][-1] == open_to_all["number"]
        assert told[-1]["type"] == "left"
        assert hugo.live.welcomes == 2, "he is somebody all the same"


async def test_who_looks_at_a_channel_no_more_is_told_no_more(here: Site) -> None:
    gina, hugo = await hire(here, 0), await hire(here, 1)
    place, other = await gina.opens("channel", is_open=True), await gina.opens("group", hugo)
    async with hugo.live.connected():
        await hugo.live.watch(place)
        await hugo.live.say({"type": "unwatch", "conversation": place})
        await hugo.is_understood(other)
        later = await gina.says(place, "Later")
        await hugo.hears(await gina.says(other))
        assert later["id"] not in json.dumps(hugo.live.frames)


async def test_a_message_that_is_deleted_is_gone_for_all_who_are_in_it(here: Site) -> None:
    gina, hugo = await hire(here, 0), await hire(here, 1)
    place = await gina.opens("group", hugo)
    async with gina.live.connected(), hugo.live.connected():
        said = await hugo.says(place, "A slip")
        await gina.hears(said)
        # An owner may, too.
        deleted = await gina.does("DELETE", f"/conversations/{place}/messages/{said['id']}")
        assert (deleted["text"], deleted["number"]) == ("", said["number"] + 1)
        for each in (gina, hugo):
            await each.hears(deleted)
            assert each.live.threads[place] == await each.live.reader.history(place)


async def test_what_is_unread_after_coming_back_is_what_was_said_meanwhile_and_not_deleted(here: Site) -> None:
    gina, hugo = await hire(here, 0), await hire(here, 1)
    group, channel = await gina.opens("group", hugo), await gina.opens("channel", hugo)
    direct = (await gina.does("POST", "/direct-chats", {"person_id": hugo.id}))["id"]
    async with hugo.live.connected():
        for place in (group, channel, direct):
            first = await gina.says(place, "First")
            await hugo.hears(first)
            assert (await hugo.does("PUT", f"/conversations/{place}/read", {"ordinal": 1}))["unread"] == 0
            own = await hugo.says(place, "My own")
            await hugo.hears(own)
        hugo.live.leave()
        for place in (group, channel, direct):
            slip = await gina.says(place, "A slip")
            await gina.says(place, "Second")
            await gina.does("DELETE", f"/conversations/{place}/messages/{slip['id']}")
        hugo.live.wanted.set()
        await eventually(lambda: hugo.live.welcomes == 2)
        for place in (group, channel, direct):
            seen = await hugo.does("GET", f"/conversations/{place}")
            assert (seen["unread"], seen["last_ordinal"]) == (1, 4)
            assert hugo.live.threads[place] == await hugo.live.reader.history(place)
            # The own devices hear what was read elsewhere.
            await hugo.does("PUT", f"/conversations/{place}/read", {"ordinal": 4})
            await hugo.live.until("read", conversation=place, ordinal=4)
            assert (await hugo.does("GET", f"/conversations/{place}"))["unread"] == 0
