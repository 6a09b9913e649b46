"""Presence over real sockets: what somebody sets at one process is seen at the other."""

from tests.live.test_kinds import Employee, hire
from tests.processes import Site
from tests.waiting import eventually


async def test_do_not_disturb_is_seen_at_the_other_process_at_once(here: Site) -> None:
    gina, hugo = await hire(here, 0), await hire(here, 1)
    async with gina.live.connected(), hugo.live.connected():
        await hugo.live.say({"type": "show_presence", "people": [gina.id]})
        await sees(hugo, gina, "available")
        await gina.does("PUT", "/me/presence", {"status": "do_not_disturb"})
        await sees(hugo, gina, "do_not_disturb")
        await gina.does("PUT", "/me/presence", {"status": None})
        await gina.live.say({"type": "idle"})
        await sees(hugo, gina, "away")
        [asked] = (await hugo.does("GET", f"/presence?people={gina.id}"))["items"]
        assert (asked["id"], asked["status"]) == (gina.id, "away")


async def sees(who: Employee, whom: Employee, status: str) -> None:
    """Waits until the last that somebody was told of another one is this."""

    def last() -> str | None:
        told = [person for frame in who.live.frames if frame["type"] == "presence" for person in frame["people"]]
        return next((each["status"] for each in reversed(told) if each["id"] == whom.id), None)

    await eventually(lambda: last() == status, last)
