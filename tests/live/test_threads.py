"""Threads over real sockets: who is in the parent sees the line move, who watches the thread what is said in it."""

import json

from tests.live.client import Json
from tests.live.test_kinds import Employee, hire
from tests.processes import Site
from tests.waiting import eventually


async def opens_thread(who: Employee, root: Json) -> str:
    """The id of the thread below a message."""
    path = f"/conversations/{root['conversation_id']}/messages/{root['id']}/thread"
    return (await who.does("PUT", path))["id"]


async def watches(who: Employee, thread: str, place: str) -> None:
    """Looks at a thread from now on; returns once the server knows."""
    await who.live.watch(thread)
    await who.live.until("watching", conversation=thread)
    assert place in who.live.threads


async def sees_below(who: Employee, root: Json, replies: int) -> Json:
    """Waits until the newest line below a message says so many replies."""

    def newest() -> Json | None:
        lines = [
            each["thread"] for each in who.live.frames if each["type"] == "thread" and each["message"] == root["id"]
        ]
        return max(lines, key=lambda line: line["number"], default=None)

    await eventually(lambda: (newest() or {}).get("replies") == replies, newest)
    found = newest()
    assert found is not None
    return found


async def test_a_reply_moves_the_line_for_all_and_is_told_to_who_watches_the_thread(here: Site) -> None:
    gina, hugo, ida = await hire(here, 0), await hire(here, 1), await hire(here, 1)
    place = await gina.opens("group", hugo, ida)
    root = await gina.says(place, "Who brings pears?")
    async with gina.live.connected(), hugo.live.connected(), ida.live.connected():
        thread = await opens_thread(hugo, root)
        await watches(gina, thread, place)
        first = await hugo.does("POST", f"/conversations/{place}/messages/{root['id']}/thread", {"text": "I do"})
        await gina.hears(first)
        for who in (gina, ida):
            line = await sees_below(who, root, 1)
            assert (line["id"], [each["id"] for each in line["repliers"]]) == (thread, [hugo.id])
        await gina.does("DELETE", f"/conversations/{thread}/messages/{first['id']}")
        assert (await sees_below(ida, root, 0))["repliers"] == []
        # Ida, who does not look at the thread, is not told what was said in it.
        await ida.hears(await gina.says(place))
        assert set(ida.told_of(thread)) == set()
        assert first["id"] not in json.dumps(ida.live.frames)


async def test_who_is_removed_from_the_parent_is_told_nothing_more_of_the_thread_they_watch(here: Site) -> None:
    gina, hugo, ida = await hire(here, 0), await hire(here, 1), await hire(here, 1)
    place, other = await gina.opens("group", hugo, ida), await gina.opens("group", hugo)
    root = await gina.says(place, "Who brings pears?")
    thread = await opens_thread(gina, root)
    async with hugo.live.connected(), ida.live.connected():
        for who in (hugo, ida):
            await watches(who, thread, place)
        await hugo.hears(await gina.says(thread, "Before"))
        await gina.does("DELETE", f"/conversations/{place}/members/{hugo.id}")
        secret = await gina.says(thread, "Between us")
        await ida.hears(secret)
        await sees_below(ida, root, 2)
        await hugo.live.until("left", conversation=thread)
        # Frames keep their order: what was meant for him has come before this.
        await hugo.hears(await gina.says(other))
        assert secret["id"] not in json.dumps(hugo.live.frames)
        assert max(each["thread"]["replies"] for each in hugo.live.frames if each["type"] == "thread") == 1
        assert hugo.live.welcomes == 1


async def test_who_watches_a_thread_of_an_open_channel_is_told_until_it_is_closed(here: Site) -> None:
    gina, hugo, ida = await hire(here, 0), await hire(here, 1), await hire(here, 1)
    place, other = await gina.opens("channel", ida, is_open=True), await gina.opens("group", hugo)
    thread = await opens_thread(gina, await gina.says(place, "Who brings pears?"))
    async with hugo.live.connected(), ida.live.connected():
        # The thread alone, not its channel.
        await hugo.live.watch(thread)
        await hugo.live.until("watching", conversation=thread)
        await watches(ida, thread, place)
        await hugo.hears(await gina.says(thread, "Open to all"))
        await gina.does("PATCH", f"/conversations/{place}", {"is_open": False})
        secret = await gina.says(thread, "Between us")
        await ida.hears(secret)
        await hugo.live.until("left", conversation=thread)
        await hugo.hears(await gina.says(other))
        assert secret["id"] not in json.dumps(hugo.live.frames)
