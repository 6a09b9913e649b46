"""Document D1: an identified person leaves a contact request, the advertiser hears of it and counts."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final
from uuid import uuid4

import jsonschema
import pytest

from estafette.accounts.actions import contact_profiles, profiles
from estafette.accounts.models.inputs import NewContactProfile, ProfileChanges
from tests.contracts.asking import DOCUMENT, PHONE, asker, body, in_days, member, new_advert, stranger, uuid_of
from tests.live.client import Json
from tests.processes import Site
from tests.waiting import eventually


def week_of(day: str) -> str:
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02}"


PERIODS: Final[dict[str, Callable[[str], str]]] = {
    "?group_by=day": str,
    "?group_by=week": week_of,
    "?group_by=month": lambda day: day[:7],
}
"""How to ask for the parts of a count, and which part a day belongs to."""


async def test_a_body_by_the_documents_schema_is_stored_and_answered_as_it_was_stored(here: Site) -> None:
    advert, ann = await new_advert(here, uuid4().hex), await asker(here)
    assert ann.who is not None
    profile = (await contact_profiles.list_contact_profiles(here.world.database, ann.who))[0]
    sent = body(advert, profile=str(profile.id))
    jsonschema.Draft201909Validator(DOCUMENT).validate(sent)
    answer = await ann.leave(sent)
    uuid_of(answer.pop("id"))
    assert datetime.fromisoformat(answer.pop("created_at")).tzinfo is not None
    assert answer == sent | {"email": ann.who.email, "phone": PHONE, "state": "new", "repeat": False}


async def test_the_published_schema_is_the_documents_but_for_the_message_that_its_rule_makes_optional(
    here: Site,
) -> None:
    status, kind, published = await stranger(here).ask("GET", "/contact-requests/schema")
    assert (status, kind) == (200, "application/schema+json")
    jsonschema.Draft201909Validator.check_schema(published)
    for name, rule in DOCUMENT["properties"].items():
        assert (
            published["properties"].pop(name).items() >= {key: rule[key] for key in rule if key != "optional"}.items()
        )
    assert published.pop("properties") == {}
    assert published.pop("title")
    wanted = DOCUMENT | {"required": ["ad", "advertiser", "starts_at"]}
    assert published == {name: value for name, value in wanted.items() if name != "properties"}


async def test_msg_1_only_an_identified_person_leaves_a_request(here: Site) -> None:
    advert = await new_advert(here)
    status, kind, answer = await stranger(here).ask("POST", "/contact-requests", json=body(advert))
    assert (status, kind, answer["code"]) == (401, "application/problem+json", "unauthenticated")
    # Not even what is wrong is told to strangers.
    assert (await stranger(here).ask("POST", "/contact-requests", data=b"{"))[0] == 401


async def test_msg_2_address_and_number_come_from_the_profile_that_is_named_and_stay_as_they_were(here: Site) -> None:
    advert, ann, claire = await new_advert(here), await asker(here), await member(here, here.world.claire)
    assert ann.who is not None
    work = await contact_profiles.add_contact_profile(
        here.world.database,
        ann.who,
        NewContactProfile(label="Work", email="ann@work.example", phone="+33698765432"),
    )
    first = await ann.leave(body(advert))
    second = await ann.leave(body(advert, profile=str(work.id)))
    assert (first["email"], first["phone"]) == (ann.who.email, PHONE)
    assert (second["profile"], second["email"], second["phone"]) == (str(work.id), "ann@work.example", "+33698765432")
    await profiles.change_profile(here.world.database, ann.who, ProfileChanges(phone="+33600000000"))
    newest, oldest = await claire.listed(here.world.chateau, f"?ad={advert.id}")
    assert (newest["phone"], oldest["phone"]) == ("+33698765432", PHONE)


@pytest.mark.parametrize("message", [None, "", "Bonjour", "ж" * 5_000, "<script>alert(1)</script>\n'; DROP TABLE"])
async def test_msg_3_the_message_is_optional(here: Site, message: str | None) -> None:
    advert, ann = await new_advert(here), await asker(here)
    assert (await ann.leave(body(advert, message=message)))["message"] == (message or "")


async def test_msg_4_every_member_of_the_advertiser_is_notified_of_every_request(here: Site) -> None:
    advert, ann = await new_advert(here), await asker(here)
    left = [(await ann.leave(body(advert)))["id"] for _ in range(2)]
    for who in (here.world.claire, here.world.denis):
        token = await here.token(who)
        found: dict[str, Json] = await eventually(lambda token=token: bell_with(here, token, left))
        assert found[left[0]]["title"] == "New contact request from Ann for “Wedding reception”"
        assert found[left[0]]["path"] == f"/inbox/{here.world.chateau}/requests/{left[0]}"


async def bell_with(here: Site, token: str, requests: list[str]) -> dict[str, Json]:
    """The contact requests that a member's bell shows by their ids; nothing while one of `requests` is missing."""
    url = f"{here.webs[0].url}/api/v1/notifications?limit=100"
    async with here.http.get(url, headers={"Authorization": f"Bearer {token}"}) as answer:
        bell: list[Json] = (await answer.json())["items"]
    found = {each["topic_id"]: each for each in bell if each["kind"] == "contact_request"}
    return found if found.keys() >= set(requests) else {}


async def test_msg_5_the_advertiser_gets_the_number_of_requests_in_all_by_advert_and_by_period(here: Site) -> None:
    ann, claire = await asker(here), await member(here, here.world.claire)
    chateau = here.world.chateau
    wedding, tour = await new_advert(here, uuid4().hex), await new_advert(here, uuid4().hex)
    before, earlier = await claire.count(chateau), {each: await claire.groups(chateau, each) for each in PERIODS}
    days = [(await ann.leave(body(advert)))["created_at"][:10] for advert in (wedding, tour, wedding)]
    assert await claire.count(chateau) == before + 3
    assert (
        await claire.count(chateau, f"?ad={wedding.reference}") == await claire.count(chateau, f"?ad={wedding.id}") == 2
    )
    assert await claire.count(chateau, f"?ad={tour.id}&from={days[1]}&to={days[1]}") == 1
    # All of this may come to pass on both sides of midnight.
    assert await claire.count(chateau, f"?from={in_days(2)}") == 0
    assert await claire.count(chateau, f"?to={in_days(-2)}") == 0
    for query in ("?group_by=ad", f"?group_by=ad&from={days[0]}"):
        groups = await claire.groups(chateau, query)
        assert (groups[wedding.reference], groups[tour.reference]) == (2, 1)
    for query, key in PERIODS.items():
        assert await claire.groups(chateau, query) == Counter(earlier[query]) + Counter(map(key, days))
        of_wedding = Counter(map(key, days[::2]))
        assert await claire.groups(chateau, f"{query}&ad={wedding.reference}") == of_wedding
    status, _, answer = await claire.ask("GET", f"/advertisers/{chateau}/contact-requests/count")
    assert (status, answer) == (200, {"count": before + 3, "groups": []})


async def test_the_advertiser_lists_its_requests_page_by_page_and_by_what_it_asks_for(here: Site) -> None:
    ann, denis = await asker(here), await member(here, here.world.denis)
    chateau, advert = here.world.chateau, await new_advert(here)
    left = [await ann.leave(body(advert, message=str(number))) for number in range(5)]
    assert [each["repeat"] for each in left] == [False, True, True, True, True]
    assert await denis.listed(chateau, f"?ad={advert.id}") == left[::-1]
    path, pages = f"/advertisers/{chateau}/contact-requests?ad={advert.id}&limit=2", list[Json]()
    following: Any = ""
    while following is not None:
        _, _, answer = await denis.ask("GET", path + (f"&cursor={following}" if following else ""))
        assert len(answer["items"]) <= 2
        pages += answer["items"]
        following = answer["next"]
    assert pages == left[::-1]
    assert await denis.listed(chateau, f"?ad={advert.id}&state=done") == []
    first, last = (left[place]["created_at"][:10] for place in (0, -1))
    assert await denis.listed(chateau, f"?ad={advert.id}&state=new&from={first}&to={last}") == left[::-1]
    assert await denis.listed(chateau, f"?ad={advert.id}&to={in_days(-2)}") == []


async def test_only_the_advertisers_members_and_administrators_list_and_count(here: Site) -> None:
    chateau, world = here.world.chateau, here.world
    for path in (f"/advertisers/{chateau}/contact-requests", f"/advertisers/{chateau}/contact-requests/count"):
        for who, status in (
            (world.claire, 200),
            (world.denis, 200),
            (world.root, 200),
            (world.eva, 404),
            (world.ann, 404),
        ):
            assert (await (await member(here, who)).ask("GET", path))[0] == status
        assert (await stranger(here).ask("GET", path))[0] == 401
    root = await member(here, world.root)
    for unknown in (uuid4(), "nobody", "%00"):
        assert (await root.ask("GET", f"/advertisers/{unknown}/contact-requests"))[0] in (404, 400)


async def test_a_retry_with_the_same_key_gets_the_first_answer(here: Site) -> None:
    advert, ann = await new_advert(here), await asker(here)
    claire = await member(here, here.world.claire)
    answers = await asyncio.gather(*(ann.leave(body(advert), Idempotency_Key="once") for _ in range(8)))
    assert all(each == answers[0] for each in answers)
    assert await claire.count(here.world.chateau, f"?ad={advert.id}") == 1
    status, kind, answer = await ann.ask(
        "POST", "/contact-requests", json=body(advert, message="Else"), Idempotency_Key="once"
    )
    assert (status, kind, answer["code"]) == (409, "application/problem+json", "idempotency_key_reused")


async def test_words_are_in_the_language_of_whoever_asks(here: Site) -> None:
    advert, ann = await new_advert(here), await asker(here)
    assert ann.who is not None
    await profiles.change_profile(here.world.database, ann.who, ProfileChanges(language="fr"))
    status, _, answer = await ann.ask("POST", "/contact-requests", json=body(advert, ad="no such ad"))
    assert status == 422
    assert answer["errors"] == [{"field": "ad", "code": "unknown", "message": "Rien n’est connu sous ce nom."}]


async def test_the_openapi_document_describes_it(here: Site) -> None:
    async with here.http.get(f"{here.webs[0].url}/openapi.json") as answer:
        found = await answer.json()
    operation = found["paths"]["/v1/contact-requests"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert schema["required"] == ["ad", "advertiser", "starts_at"]
    assert schema["additionalProperties"] is False
    assert {"201", "400", "401", "422", "429"} <= operation["responses"].keys()
    assert operation["tags"] == ["Contract D1"]
