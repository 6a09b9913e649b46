"""Whoever is deactivated at one web process is out at all of them at once, with every session, token and connection."""

import json
from uuid import uuid4

from tests.live.test_kinds import Employee, hire
from tests.live.test_live_socket import closed, refused, sign_up
from tests.processes import Site, ask
from tests.waiting import eventually


async def disable(here: Site, person: str, *, disabled: bool = True) -> None:
    """An administrator does it, at the first process."""
    url = f"{here.webs[0].url}/api/v1/people/{person}"
    status, answer = await ask(here.http, "PATCH", url, await here.token(here.world.root), {"disabled": disabled})
    assert status == 200, answer


async def test_who_is_deactivated_is_cut_off_at_every_process_and_asks_in_vain(here: Site) -> None:
    cookie = await sign_up(here)
    first, second = here.webs
    _, me = await ask(here.http, "GET", f"{second.url}/api/v1/me", Cookie=cookie)
    given = {"name": "bot", "scopes": ["read"], "expires_in_days": None}
    _, made = await ask(here.http, "POST", f"{second.url}/api/v1/tokens", None, given, Cookie=cookie)
    live = f"{second.url.replace('http', 'ws', 1)}/api/v1/live"
    async with (
        refused(live, Cookie=cookie, Origin=second.url) as browser,
        refused(live, Authorization=f"Bearer {made['token']}") as program,
    ):
        for socket in (browser, program):
            assert json.loads(await socket.recv())["type"] == "welcome"
        await disable(here, me["id"])
        assert await closed(browser) == 4401
        assert await closed(program) == 4401
    for web in (first, second):
        assert (await ask(here.http, "GET", f"{web.url}/api/v1/me", Cookie=cookie))[0] == 401
        assert (await ask(here.http, "GET", f"{web.url}/api/v1/me", made["token"]))[0] == 401
        signing_in = {"email": me["email"], "password": "correct horse battery"}
        assert (await ask(here.http, "POST", f"{web.url}/api/v1/sessions", None, signing_in, Origin=web.url))[0] == 401
    await disable(here, me["id"], disabled=False)
    signing_in = {"email": me["email"], "password": "correct horse battery"}
    back, _ = await ask(here.http, "POST", f"{second.url}/api/v1/sessions", None, signing_in, Origin=second.url)
    assert back == 201
    assert (await ask(here.http, "GET", f"{first.url}/api/v1/me", Cookie=cookie))[0] == 401, "the old session is over"


async def test_colleagues_see_it_at_once_and_a_group_keeps_an_owner(here: Site) -> None:
    gina, hugo = await hire(here, 0), await hire(here, 1)
    place = await gina.opens("group", hugo)
    async with hugo.live.connected():
        said = await gina.says(place, f"Goodbye {uuid4().hex}")
        await hugo.hears(said)
        await disable(here, gina.id)
        await eventually(lambda: "member_changed" in kinds_told_to(hugo, place), lambda: hugo.live.frames)
        assert (await hugo.does("GET", f"/conversations/{place}"))["my_role"] == "owner"
        assert (await hugo.does("GET", f"/directory/{gina.id}?former=true"))["deactivated_at"] is not None
        members = (await hugo.does("GET", f"/conversations/{place}/members"))["items"]
        assert [each["person"]["id"] for each in members if each["deactivated"]] == [gina.id]
        history = (await hugo.does("GET", f"/conversations/{place}/messages"))["items"]
        assert said["text"] in [each["text"] for each in history]


def kinds_told_to(who: Employee, place: str) -> set[str]:
    frames = [each for each in who.live.frames if each["type"] == "changes" and each["conversation"] == place]
    return {change["kind"] for frame in frames for change in frame["changes"]}
