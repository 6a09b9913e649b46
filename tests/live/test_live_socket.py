"""The live connection over real sockets, with two web processes that stay in step."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID, uuid4

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from estafette import accounts, deliveries
from estafette.accounts import SignedIn
from tests.live.client import Json, LiveClient, Reader
from tests.processes import Site, ask
from tests.waiting import PATIENCE, eventually
from tests.world import again, sign_in


async def client(here: Site, who: SignedIn, web: int = 0) -> LiveClient:
    return LiveClient(Reader(here.http, here.webs[web].url, await here.token(who)))


async def write(here: Site, who: SignedIn, text: str, web: int = 0, to: UUID | None = None, **headers: str) -> Json:
    """A customer writes to the château, or to somebody else; returns the message."""
    status, answer = await ask(
        here.http,
        "POST",
        f"{here.webs[web].url}/api/v1/conversations",
        await here.token(who),
        {"partner_id": str(to or here.world.chateau), "text": text},
        **headers,
    )
    assert status == 201, answer
    return answer["message"]


async def customer(here: Site) -> SignedIn:
    """A customer with no history of other tests."""
    return await sign_in(here.world.database, f"{uuid4().hex}@example.com", "Somebody")


@asynccontextmanager
async def refused(url: str, **headers: str) -> AsyncGenerator[ClientConnection, None]:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    async with connect(url, additional_headers=given, ping_interval=None, compression=None) as socket:
        yield socket


async def close_code(url: str, **headers: str) -> int | None:
    """With which code a connection ends by itself."""
    async with refused(url, **headers) as socket:
        with pytest.raises(ConnectionClosed):
            async with asyncio.timeout(PATIENCE):
                await socket.recv()
        return socket.close_code


async def test_the_welcome_names_the_person_and_the_heartbeat(here: Site) -> None:
    ann = await client(here, here.world.ann)
    async with ann.connected():
        welcome = await ann.until("welcome")
        assert welcome.keys() == {"type", "connection", "heartbeat_seconds", "person"}
        assert welcome["person"] == str(here.world.ann.person_id)
        assert welcome["heartbeat_seconds"] == 20


async def test_both_sides_see_a_message_whichever_process_they_are_on(here: Site) -> None:
    who = await customer(here)
    them, claire, denis = await client(here, who, 0), await client(here, here.world.claire, 1), None
    denis = await client(here, here.world.denis, 0)
    async with them.connected(), claire.connected(), denis.connected():
        sent = await write(here, who, "Do you have a room?", web=1)
        place = sent["conversation_id"]
        for each in (them, claire, denis):
            frame = await each.until("changes", conversation=place)
            assert frame.keys() == {"type", "conversation", "after", "until", "changes"}
            # That it was opened may come in a frame of its own.
            change, *_ = await eventually(lambda each=each: changes_of(each, place, "message_sent"))
            assert change.keys() == {"number", "kind", "at", "message", "person", "reaction"}
            assert change["message"] == sent
        # The automatic confirmation comes from the worker, by the same way.
        for each in (them, claire, denis):
            await holds(each, place, kinds=["text", "confirmation"])


def changes_of(each: LiveClient, place: str, kind: str) -> list[Json]:
    """The changes of a kind that a client was told about a conversation."""
    frames = [frame for frame in each.frames if frame["type"] == "changes" and frame["conversation"] == place]
    return [change for frame in frames for change in frame["changes"] if change["kind"] == kind]


async def holds(each: LiveClient, place: str, *, kinds: list[str]) -> None:
    """Waits until a client holds messages of these kinds in a conversation."""

    def held() -> list[str]:
        said = each.threads[place].messages.values() if place in each.threads else ()
        return [message["kind"] for message in sorted(said, key=lambda message: message["ordinal"])]

    await eventually(lambda: held() == kinds, held)


async def test_edits_and_deletions_arrive_and_what_was_deleted_is_gone(here: Site) -> None:
    who = await customer(here)
    sent = await write(here, who, "First")
    place, url = sent["conversation_id"], f"{here.webs[1].url}/api/v1/conversations/{sent['conversation_id']}"
    claire = await client(here, here.world.claire)
    async with claire.connected():
        token = await here.token(who)
        status, edited = await ask(here.http, "PATCH", f"{url}/messages/{sent['id']}", token, {"text": "Second"})
        assert status == 200
        await until_held(claire, place, edited)
        status, deleted = await ask(here.http, "DELETE", f"{url}/messages/{sent['id']}", token)
        assert status == 200
        await until_held(claire, place, deleted)
        assert deleted["text"] == ""

        async def holds_all() -> bool:
            # The automatic confirmation may come in between.
            return claire.threads[place] == await claire.reader.history(place)

        await eventually(holds_all)


async def until_held(each: LiveClient, place: str, message: Json) -> None:
    """Waits until a client holds this version of a message."""

    def held() -> Json | None:
        return each.threads[place].messages.get(message["id"]) if place in each.threads else None

    await eventually(lambda: held() == message, held)


async def test_reading_and_typing_are_told_to_the_other_side(here: Site) -> None:
    who = await customer(here)
    sent = await write(here, who, "Hello")
    place = sent["conversation_id"]
    them, claire = await client(here, who, 0), await client(here, here.world.claire, 1)
    async with them.connected(), claire.connected():
        url = f"{here.webs[1].url}/api/v1/conversations/{place}/read"
        status, _ = await ask(here.http, "PUT", url, await here.token(here.world.claire), {"ordinal": 1})
        assert status == 200
        read = await them.until("read", conversation=place)
        assert read.keys() == {"type", "conversation", "party_id", "person", "ordinal", "at"}
        assert (read["ordinal"], read["party_id"]) == (1, str(here.world.chateau))
        assert read["person"]["name"] == "Claire"
        await claire.say({"type": "typing", "conversation": place})
        typing = await them.until("typing", conversation=place)
        assert typing.keys() == {"type", "conversation", "party_id", "person"}
        assert typing["person"] == read["person"]


async def test_a_strangers_typing_is_told_to_nobody(here: Site) -> None:
    who = await customer(here)
    place = (await write(here, who, "Hello"))["conversation_id"]
    them, ben = await client(here, who), await client(here, here.world.ben)
    async with them.connected(), ben.connected():
        await ben.say({"type": "typing", "conversation": place})
        await ben.say({"type": "typing", "conversation": str(uuid4())})
        await write(here, who, "Still here")
        await them.until("changes", conversation=place)
        assert not [frame for frame in them.frames if frame["type"] == "typing"]


async def test_others_hear_nothing_of_it(here: Site) -> None:
    who = await customer(here)
    ben, eva, them = await client(here, here.world.ben), await client(here, here.world.eva, 1), await client(here, who)
    async with ben.connected(), eva.connected(), them.connected():
        between_us = await write(here, who, "Between us")
        await until_held(them, between_us["conversation_id"], between_us)
        # Frames keep their order: who has heard of what was said later has heard all that was meant for them.
        for text in ("Good day", "Are you there?"):
            said = await write(here, here.world.ben, text, to=here.world.bakery)
            for each in (ben, eva):
                await until_held(each, said["conversation_id"], said)
        for each in (ben, eva):
            assert "Between us" not in json.dumps(each.frames)
            assert between_us["conversation_id"] not in json.dumps(each.frames)


async def test_archiving_is_told_to_ones_own_side(here: Site) -> None:
    who = await customer(here)
    place = (await write(here, who, "Hello"))["conversation_id"]
    claire, denis, them = (
        await client(here, here.world.claire, 0),
        await client(here, here.world.denis, 1),
        await client(here, who),
    )
    async with claire.connected(), denis.connected(), them.connected():
        url = f"{here.webs[0].url}/api/v1/conversations/{place}/archive"
        status, _ = await ask(here.http, "PUT", url, await here.token(here.world.claire))
        assert status == 200
        for each in (claire, denis):
            frame = await each.until("party", party=str(here.world.chateau))
            assert frame.keys() == {"type", "party", "after", "until", "changes"}
            [change] = frame["changes"]
            assert change.keys() == {"number", "kind", "subject", "at"}
            assert (change["kind"], change["subject"]) == ("conversation_archived", place)
            assert change["at"].endswith("Z")
        assert not [frame for frame in them.frames if frame["type"] == "party"]


async def test_a_member_who_is_removed_is_cut_off_at_once(here: Site) -> None:
    world = here.world
    greta = await customer(here)
    await accounts.add_member(world.database, world.chateau, greta.person_id, "member")
    greta = await again(world.database, greta.person_id)
    who = await customer(here)
    place = (await write(here, who, "Before"))["conversation_id"]
    removed, claire = await client(here, greta, 1), await client(here, world.claire, 1)
    async with removed.connected(), claire.connected():
        assert place in removed.threads
        url = f"{here.webs[0].url}/api/v1/partners/{world.chateau}/members/{greta.person_id}"
        status, answer = await ask(here.http, "DELETE", url, await here.token(world.claire))
        assert status == 204, answer
        await removed.until("welcome", count=2)
        after = await write(here, who, "Not for Greta")
        await until_held(claire, place, after)
        # She is somebody all the same, still connected, and what she hears of comes in its order.
        own = await write(here, greta, "Goodbye")
        await until_held(removed, own["conversation_id"], own)
        assert after["id"] not in json.dumps(removed.frames)
        assert removed.threads.keys() == {own["conversation_id"]}
        assert removed.socket is not None


async def closed(socket: ClientConnection) -> int | None:
    """The code with which a connection ends; what is told of a new account may still come before."""
    with suppress(ConnectionClosed):
        async with asyncio.timeout(PATIENCE):
            while True:
                await socket.recv()
    return socket.close_code


async def test_a_session_that_ends_takes_its_connections_along_on_every_process(here: Site) -> None:
    first, second = here.webs
    cookie = await sign_up(here)
    live = f"{second.url.replace('http', 'ws', 1)}/api/v1/live"
    async with refused(live, Cookie=cookie, Origin=second.url) as socket:
        assert json.loads(await socket.recv())["type"] == "welcome"
        status, _ = await ask(here.http, "DELETE", f"{first.url}/api/v1/sessions/current", Cookie=cookie)
        assert status == 204
        assert await closed(socket) == 4401


async def test_a_token_that_is_revoked_takes_its_connection_along(here: Site) -> None:
    cookie = await sign_up(here)
    base = f"{here.webs[0].url}/api/v1/tokens"
    given = {"name": "bot", "scopes": ["read"], "expires_in_days": None}
    _, made = await ask(here.http, "POST", base, None, given, Cookie=cookie)
    live = f"{here.webs[1].url.replace('http', 'ws', 1)}/api/v1/live"
    async with refused(live, Authorization=f"Bearer {made['token']}") as socket:
        assert json.loads(await socket.recv())["type"] == "welcome"
        status, _ = await ask(here.http, "DELETE", f"{base}/{made['id']}", Cookie=cookie)
        assert status == 204
        assert await closed(socket) == 4401


async def sign_up(here: Site) -> str:
    """The session cookie of somebody new."""
    body = {"name": "Somebody", "email": f"{uuid4().hex}@example.com", "password": "correct horse battery"}
    async with here.http.post(f"{here.webs[0].url}/api/v1/sign-up", json=body) as answer:
        assert answer.status == 201, await answer.text()
        cookie = answer.cookies["estafette_session"].value
        here.http.cookie_jar.clear()
        return f"estafette_session={cookie}"


async def test_whoever_is_not_signed_in_is_turned_away_with_4401(here: Site) -> None:
    live = f"{here.webs[0].url.replace('http', 'ws', 1)}/api/v1/live"
    assert await close_code(live) == 4401
    assert await close_code(live, Authorization="Bearer est_nobody") == 4401
    assert await close_code(live, Cookie="estafette_session=nobody", Origin=here.webs[0].url) == 4401


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_a_page_of_another_site_is_turned_away_with_4403(here: Site, origin: str) -> None:
    live = f"{here.webs[0].url.replace('http', 'ws', 1)}/api/v1/live"
    cookie = await sign_up(here)
    assert await close_code(live, Cookie=cookie, Origin=origin) == 4403
    assert await close_code(live, Cookie=cookie, Origin=origin, Sec_Fetch_Site="cross-site") == 4403


async def test_a_bearer_token_needs_no_origin_check(here: Site) -> None:
    live = f"{here.webs[0].url.replace('http', 'ws', 1)}/api/v1/live"
    token = await here.token(here.world.ann)
    async with refused(live, Authorization=f"Bearer {token}", Origin="https://elsewhere.example") as socket:
        assert json.loads(await socket.recv())["type"] == "welcome"


@pytest.mark.parametrize("frame", ["", "nonsense", '{"type":"shout"}', b"\x00\xff", '{"type":"typing"}'])
async def test_a_bad_frame_ends_the_connection_with_4400(here: Site, frame: Any) -> None:
    live = f"{here.webs[0].url.replace('http', 'ws', 1)}/api/v1/live"
    async with refused(live, Authorization=f"Bearer {await here.token(here.world.ann)}") as socket:
        await socket.recv()
        await socket.send(frame)
        with pytest.raises(ConnectionClosed):
            async with asyncio.timeout(PATIENCE):
                await socket.recv()
        assert socket.close_code == 4400


async def test_a_frame_that_is_too_large_ends_the_connection_with_1009(here: Site) -> None:
    live = f"{here.webs[0].url.replace('http', 'ws', 1)}/api/v1/live"
    async with refused(live, Authorization=f"Bearer {await here.token(here.world.ann)}") as socket:
        await socket.recv()
        await socket.send("x" * 70_000)
        with pytest.raises(ConnectionClosed):
            async with asyncio.timeout(PATIENCE):
                await socket.recv()
        assert socket.close_code == 1009


async def test_a_process_that_is_stopped_sends_its_clients_away_with_1012_and_they_come_back(here: Site) -> None:
    who = await customer(here)
    place = (await write(here, who, "Before", web=0))["conversation_id"]
    claire = await client(here, here.world.claire, 1)
    async with claire.connected():
        await here.webs[1].stop()
        await eventually(lambda: claire.closes)
        assert claire.closes[0] == 1012
        meanwhile = await write(here, who, "While nobody was there", web=0)
        here.webs[1].again()
        await here.all_ready()
        await eventually(lambda: claire.welcomes == 2)
        await until_held(claire, place, meanwhile)


async def test_nobody_but_its_owner_hears_of_a_delivery(here: Site) -> None:
    owner, other = await customer(here), await customer(here)
    database = here.world.database
    listeners = [await client(here, who, web) for who in (owner, other) for web in (0, 1)]
    following = [asyncio.create_task(each.stay_connected()) for each in listeners]
    try:
        await eventually(lambda: all(each.welcomes for each in listeners))
        made = await deliveries.Acceptor(database).accept(
            deliveries.NewDelivery(
                owner_id=owner.person_id, channel="sms", sender="", recipient="+33612345678", text="A secret"
            )
        )
        await deliveries.cancel(database, owner.person_id, made.id)
        # Frames keep their order: who has heard of what was said later has heard all that was meant for him.
        await write(here, other, "Afterwards")
        await eventually(lambda: all(told(each, "deliveries") for each in listeners[:2]))
        await eventually(lambda: all(told(each, "changes") for each in listeners[2:]))
    finally:
        for each in following:
            each.cancel()
        await asyncio.gather(*following, return_exceptions=True)
    for each in listeners[:2]:
        [frame] = told(each, "deliveries")
        assert (frame["owner"], [one["id"] for one in frame["changed"]]) == (str(owner.person_id), [made.id])
    for each in listeners[2:]:
        assert not told(each, "deliveries")
        assert str(owner.person_id) not in json.dumps(each.frames)


def told(listener: LiveClient, kind: str) -> list[Json]:
    return [each for each in listener.frames if each["type"] == kind]
