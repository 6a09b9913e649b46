"""Document D4: the corporate messenger, over HTTP."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from estafette.accounts.actions import contact_list
from estafette.accounts.models.contact_list import ContactPut
from estafette.conversations.actions import opening
from estafette.presence.actions import looking, setting
from estafette.presence.models.presences import CustomStatusPut
from tests.contracts.messenger import Colleague, colleague, signs_in, with_password
from tests.live.client import Json, LiveClient, Reader
from tests.processes import Site
from tests.waiting import eventually


def is_channel(found: Json) -> None:
    assert found.keys() == {"id", "nameof", "user", "contacts", "status", "unreadCount", "lastMessageAt"}
    assert all(str(UUID(each)) == each for each in [found["id"], found["user"], *found["contacts"]])
    assert found["status"] in {"active", "archived"}
    assert type(found["unreadCount"]) is int


def is_now(text: str) -> None:
    assert abs(datetime.now(UTC) - datetime.fromisoformat(text)) < timedelta(minutes=5)


async def channel(who: Colleague, id_: str) -> Json:
    """One chat out of the list."""
    [found] = [each for each in await who.gets("/channels") if each["id"] == id_]
    return found


async def test_signing_in_gives_a_token_of_one_day_that_reads_and_writes(here: Site) -> None:
    gina = await with_password(here, "Gina")
    status, answer = await signs_in(here, gina.email.upper())
    assert status == 200, answer
    assert answer.keys() == {"token", "userId"}
    assert answer["userId"] == str(gina.person_id)
    speaks = Colleague(here, gina, answer["token"])
    assert await speaks.gets("/channels") == []
    is_channel(await speaks.opens("Lunch"))
    async with here.http.get(
        f"{here.webs[0].url}/api/v1/tokens", headers={"Authorization": f"Bearer {answer['token']}"}
    ) as native:
        [token] = [each for each in (await native.json())["items"] if each["name"] == "Messenger"]
    assert token["scopes"] == ["read", "write"]
    assert datetime.fromisoformat(token["expires_at"]) - datetime.fromisoformat(token["created_at"]) == timedelta(1)


async def test_who_somebody_is_is_told_to_any_employee(here: Site) -> None:
    gina, hugo = await colleague(here, "Gina"), await colleague(here, "Hugo")
    found = {"id": gina.id, "name": "Gina", "email": gina.who.email, "info": "", "status": "away"}
    assert await gina.gets("") == await hugo.gets(f"/v1/user/{gina.id}") == found
    async with LiveClient(Reader(here.http, here.webs[0].url, await here.token(gina.who))).connected():

        async def is_shown() -> bool:
            return await hugo.gets(f"/v1/user/{gina.id}") == found | {"status": "available"}

        await eventually(is_shown)


async def test_info_and_status_are_set_by_hand(here: Site) -> None:
    gina, hugo = await colleague(here, "Gina"), await colleague(here)
    longest = "Я в отпуске: " + "x" * 487
    changed = await gina.becomes(info=longest, status="do_not_disturb")
    assert changed == await hugo.gets(f"/v1/user/{gina.id}")
    assert (changed["info"], changed["status"]) == (longest, "do_not_disturb")
    assert await gina.becomes(status="available") == changed | {"status": "available"}
    assert await gina.becomes(info="") == changed | {"info": "", "status": "available"}
    assert await gina.becomes() == changed | {"info": "", "status": "available"}


async def test_who_hands_back_their_info_keeps_what_the_native_interface_said(here: Site) -> None:
    gina = await colleague(here, "Gina")
    until = datetime.now(UTC) + timedelta(hours=1)
    given = CustomStatusPut(emoji="🍔", text="Lunch", until=until)
    await setting.put_custom_status(here.world.database, gina.who, given)
    assert (await gina.becomes(info="🍔 Lunch"))["info"] == "🍔 Lunch"
    kept = await looking.own_presence(here.world.database, gina.who)
    assert kept.custom is not None
    assert (kept.custom.emoji, kept.custom.until) == ("🍔", until)


async def test_the_contact_list_is_ones_own_in_its_order(here: Site) -> None:
    gina, hugo, ida = await colleague(here), await colleague(here, "Hugo"), await colleague(here, "Ida")
    assert await gina.gets("/contactList") == []
    for each in (hugo, ida):
        await contact_list.put_contact(here.world.database, gina.who, each.who.person_id, ContactPut())
    shown = [await each.becomes(info="Here", status="away") for each in (hugo, ida)]
    assert await gina.gets("/contactList") == shown
    assert await hugo.gets("/contactList") == []
    await contact_list.put_contact(here.world.database, gina.who, ida.who.person_id, ContactPut(is_favourite=True))
    assert await gina.gets("/contactList") == shown[::-1]


async def test_a_chat_is_opened_with_its_contacts(here: Site) -> None:
    gina, hugo, ida = [await colleague(here) for _ in range(3)]
    opened = await gina.opens("Lunch", hugo, ida)
    is_channel(opened)
    assert opened == {
        "id": opened["id"],
        "nameof": "Lunch",
        "user": gina.id,
        "contacts": sorted([hugo.id, ida.id]),
        "status": "active",
        "unreadCount": 0,
        "lastMessageAt": None,
    }
    for each in (gina, hugo, ida):
        assert await channel(each, opened["id"]) == opened


async def test_contacts_and_status_may_be_left_out_and_the_owner_named_among_the_contacts(here: Site) -> None:
    gina, hugo = await colleague(here), await colleague(here)
    status, alone = await gina.ask("POST", "/channel", json={"nameof": "Notes", "user": gina.id})
    assert (status, alone["contacts"], alone["status"]) == (200, [], "active")
    assert (await gina.opens("Twice", hugo, gina, hugo))["contacts"] == [hugo.id]


async def test_the_list_counts_what_is_unread_and_has_the_newest_message_first(here: Site) -> None:
    gina, hugo = await colleague(here), await colleague(here)
    first, second = [(await gina.opens(each, hugo))["id"] for each in ("First", "Second")]
    await gina.says(second, "Good morning")
    await gina.says(first, "Hello")
    await gina.says(first, "Anybody?")
    listed = await hugo.gets("/channels")
    assert [(each["id"], each["unreadCount"]) for each in listed] == [(first, 2), (second, 1)]
    is_now(listed[0]["lastMessageAt"])
    await hugo.gets(f"/channel/{first}")
    assert (await channel(hugo, first))["unreadCount"] == 2, "looking into it by this contract marks nothing"


async def test_a_list_goes_on_after_a_chat_of_it(here: Site) -> None:
    gina, hugo = await colleague(here), await colleague(here)
    first, second, third = [await gina.opens(each, hugo) for each in ("First", "Second", "Third")]
    assert await gina.gets(f"/channels?before={third['id']}") == [second, first]
    assert await gina.gets(f"/channels?before={first['id']}") == []
    await gina.says(first["id"], "Hello")
    after = await gina.gets(f"/channels?before={first['id']}")
    assert [each["id"] for each in after] == [third["id"], second["id"]], "what it stands before now"


async def test_a_direct_chat_is_in_the_list_with_the_name_of_the_other(here: Site) -> None:
    gina, hugo = await colleague(here, "Gina"), await colleague(here, "Hugo")
    place = str((await opening.open_direct(here.world.database, gina.who, hugo.who.person_id)).id)
    assert await hugo.gets("/channels") == [], "nothing has been said in it"
    await gina.says(place, "Have you a minute?")
    found = await channel(hugo, place)
    is_channel(found)
    assert (found["nameof"], found["user"], found["contacts"]) == ("Gina", hugo.id, [gina.id])
    assert (await hugo.changes(place, status="archived"))["status"] == "archived"
    assert (await channel(gina, place))["status"] == "active", "each side archives for itself"


async def test_messages_are_the_newest_500_from_oldest_to_newest(here: Site) -> None:
    gina, hugo = await colleague(here), await colleague(here)
    place = (await gina.opens("Lunch", hugo))["id"]
    ids = [await gina.says(place, "One"), await hugo.says(place, "Two"), await gina.says(place, "Three")]
    found = await hugo.gets(f"/channel/{place}")
    assert [each.keys() for each in found] == [{"id", "content", "senderId", "channelId", "createdAt"}] * 3
    assert [(each["id"], each["content"], each["senderId"], each["channelId"]) for each in found] == [
        (str(ids[0]), "One", gina.id, place),
        (str(ids[1]), "Two", hugo.id, place),
        (str(ids[2]), "Three", gina.id, place),
    ]
    is_now(found[0]["createdAt"])
    assert await hugo.gets(f"/channel/{place}?limit=1") == found[2:]
    assert await hugo.gets(f"/channel/{place}?before={ids[2]}&limit=1") == found[1:2]
    await gina.deletes(place, ids[0])
    assert (await hugo.gets(f"/channel/{place}"))[0] == found[0] | {"content": ""}


async def test_what_is_left_out_stays_as_it_is(here: Site) -> None:
    gina, hugo, ida = [await colleague(here) for _ in range(3)]
    opened = await gina.opens("Lunch", hugo)
    assert await gina.changes(opened["id"]) == opened
    assert await gina.changes(opened["id"], nameof="Dinner") == opened | {"nameof": "Dinner"}
    assert (await gina.changes(opened["id"], contacts=[ida.id]))["nameof"] == "Dinner"
    put_away = await gina.changes(opened["id"], status="archived")
    assert put_away == opened | {"nameof": "Dinner", "contacts": [ida.id], "status": "archived"}
    back = await gina.changes(opened["id"], nameof="Brunch", contacts=[hugo.id, ida.id], status="active")
    assert back == put_away | {"nameof": "Brunch", "contacts": sorted([hugo.id, ida.id]), "status": "active"}


async def test_contacts_take_the_place_of_the_members_beside_the_owner(here: Site) -> None:
    gina, hugo, ida, jonas = [await colleague(here) for _ in range(4)]
    place = (await gina.opens("Lunch", hugo, ida))["id"]
    assert (await gina.changes(place, contacts=[ida.id, jonas.id, ida.id]))["contacts"] == sorted([ida.id, jonas.id])
    assert await hugo.gets("/channels") == []
    assert (await hugo.error("GET", f"/channel/{place}"))[0] == 404
    assert (await channel(jonas, place))["user"] == gina.id
    assert (await gina.changes(place, contacts=[]))["contacts"] == []


async def test_a_member_lets_contacts_in_and_takes_nobody_out(here: Site) -> None:
    gina, hugo, ida, jonas = [await colleague(here) for _ in range(4)]
    place = (await gina.opens("Lunch", hugo, ida))["id"]
    wider = await hugo.changes(place, contacts=[ida.id, jonas.id])
    assert wider["contacts"] == sorted([hugo.id, ida.id, jonas.id]), "whoever asks stays"
    assert (await hugo.error("PUT", f"/channel/{place}", json={"contacts": [ida.id]}))[0] == 403
    assert await channel(gina, place) == wider


async def test_who_hands_back_what_they_were_shown_changes_nothing(here: Site) -> None:
    gina, hugo = await colleague(here), await colleague(here)
    opened = await gina.opens("Lunch", hugo)
    shown = {name: opened[name] for name in ("nameof", "contacts", "status")}
    assert await hugo.changes(opened["id"], **shown) == opened
    direct = str((await opening.open_direct(here.world.database, gina.who, hugo.who.person_id)).id)
    await gina.says(direct, "Have you a minute?")
    found = await channel(hugo, direct)
    assert await hugo.changes(direct, **{name: found[name] for name in ("nameof", "contacts", "status")}) == found


async def test_who_may_not_rename_changes_nothing_else_either(here: Site) -> None:
    gina, hugo, ida = [await colleague(here) for _ in range(3)]
    opened = await gina.opens("Lunch", hugo)
    wanted = {"nameof": "Dinner", "contacts": [hugo.id, ida.id], "status": "archived"}
    assert (await hugo.error("PUT", f"/channel/{opened['id']}", json=wanted))[0] == 403
    bad = wanted | {"contacts": [ida.id, str(UUID(int=1))]}
    assert (await gina.error("PUT", f"/channel/{opened['id']}", json=bad))[0] == 400
    assert await channel(gina, opened["id"]) == opened


async def test_a_retry_with_the_same_key_opens_one_chat(here: Site) -> None:
    gina = await colleague(here)
    body = {"nameof": "Lunch", "user": gina.id}
    answers = [await gina.ask("POST", "/channel", json=body, Idempotency_Key="once") for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(await gina.gets("/channels")) == 1


async def test_a_search_finds_messages_contacts_and_files_and_no_tickets_yet(here: Site) -> None:
    gina, hugo = await colleague(here, "Gina"), await colleague(here, "Hubert")
    chat = await gina.opens("Lunch", hugo)
    said = await gina.says(chat["id"], "Quinces for Hubert")

    async def found() -> bool:
        return bool((await hugo.gets("/v1/search?q=quince"))["messages"])

    await eventually(found)
    everything = await hugo.gets("/v1/search?q=quinc")
    assert everything.keys() == {"messages", "contacts", "files", "tickets"}
    [message] = everything["messages"]
    assert message.keys() == {"id", "content", "senderId", "channelId", "createdAt"}
    assert (message["id"], message["channelId"], message["senderId"]) == (str(said), chat["id"], gina.id)
    assert (everything["contacts"], everything["files"], everything["tickets"]) == ([], [], [])
    people = await gina.gets("/v1/search?q=hubert&in=contacts,tickets")
    assert [each["id"] for each in people["contacts"]] == [hugo.id]
    assert people["contacts"][0].keys() == {"id", "name", "email", "info", "status"}
    assert people["messages"] == []
    assert (await (await colleague(here, "Ida")).gets("/v1/search?q=quince"))["messages"] == []
