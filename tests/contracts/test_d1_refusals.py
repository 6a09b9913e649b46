"""Document D1: each of its rules broken in turn; every wrong field is named, and nothing is stored or counted."""

from collections.abc import AsyncGenerator
from typing import Any
from uuid import uuid4

import pytest

from estafette import contact_requests
from estafette.accounts.actions import contact_profiles
from estafette.accounts.models.inputs import NewContactProfile
from estafette.contact_requests import Advert, NewAdvert
from tests.contracts.asking import Asker, asker, body, in_days, member, new_advert
from tests.processes import Site


@pytest.fixture
async def ann(here: Site) -> AsyncGenerator[Asker, None]:
    """Somebody who can be reached; after the test nothing of theirs has been stored."""
    somebody = await asker(here)
    yield somebody
    assert somebody.who is not None
    stored = await here.world.database.fetchval(
        "SELECT count(*) FROM contact_requests WHERE person_id = $1", somebody.who.person_id
    )
    assert stored == 0


@pytest.fixture
async def advert(here: Site) -> AsyncGenerator[Advert, None]:
    """An advert about which nobody has asked, before and after."""
    made = await new_advert(here, f"A-{uuid4().hex}")
    yield made
    claire = await member(here, here.world.claire)
    assert await claire.count(here.world.chateau, f"?ad={made.id}") == 0


@pytest.mark.parametrize("field", ["ad", "advertiser", "starts_at"])
async def test_what_is_required_is_named_when_it_is_missing(ann: Asker, advert: Advert, field: str) -> None:
    assert await ann.refused(body(advert, **{field: None})) == {field: "required"}


@pytest.mark.parametrize("field", ["ad", "advertiser", "profile", "message", "starts_at"])
@pytest.mark.parametrize("value", [5, 5.5, True, ["x"], {"a": "x"}])
async def test_what_is_no_text_is_named(ann: Asker, advert: Advert, field: str, value: Any) -> None:
    assert await ann.refused(body(advert, **{field: value})) == {field: "wrong_type"}


@pytest.mark.parametrize("field", ["ad", "advertiser", "profile", "message", "starts_at"])
async def test_null_is_no_text_either(ann: Asker, advert: Advert, field: str) -> None:
    assert await ann.refused(body(advert) | {field: None}) == {field: "wrong_type"}


async def test_no_other_property_is_accepted(ann: Asker, advert: Advert) -> None:
    sent = body(advert) | {"email": "else@example.com", "phone": "+33600000000", "id": 1, "Ad": "x", "": None}
    assert await ann.refused(sent) == dict.fromkeys(("email", "phone", "id", "Ad", ""), "unknown_field")


@pytest.mark.parametrize(
    "day",
    ["", "tomorrow", "2026-02-30", "2026-13-01", "2026-1-1", "20260101", "2026-W20-1", "2026-01-01T00:00:00Z",
     " 2026-01-01", "2026-01-01\n", "٢٠٢٦-٠١-٠١", "0000-01-01", "01/02/2026", "2026-01-01\x00"],
)  # fmt: skip
async def test_a_date_is_a_day_of_the_calendar(ann: Asker, advert: Advert, day: str) -> None:
    assert await ann.refused(body(advert, starts_at=day)) == {"starts_at": "date_invalid"}


@pytest.mark.parametrize("day", [in_days(-3), in_days(733), "0001-01-01", "9999-12-31"])
async def test_a_date_lies_between_yesterday_and_two_years_ahead(ann: Asker, advert: Advert, day: str) -> None:
    assert await ann.refused(body(advert, starts_at=day)) == {"starts_at": "out_of_range"}


async def test_a_message_has_at_most_5000_characters_that_can_be_stored(ann: Asker, advert: Advert) -> None:
    assert await ann.refused(body(advert, message="x" * 5_001)) == {"message": "too_long"}
    assert await ann.refused(body(advert, message="a\x00b")) == {"message": "forbidden_character"}


@pytest.mark.parametrize("ad", ["", " ", "no such ad", str(uuid4()), "\x00", "x" * 10_000, "' OR true --", "%"])
async def test_an_unknown_ad_is_named(ann: Asker, advert: Advert, ad: str) -> None:
    assert await ann.refused(body(advert, ad=ad)) == {"ad": "unknown"}


async def test_an_ad_of_another_advertiser_is_named(here: Site, ann: Asker, advert: Advert) -> None:
    world = here.world
    cake = await contact_requests.add_advert(world.database, world.eva, world.bakery, NewAdvert(title="Cake"))
    assert await ann.refused(body(advert, ad=str(cake.id))) == {"ad": "unknown"}
    assert await ann.refused(body(advert, advertiser=str(world.bakery))) == {"ad": "unknown"}
    assert await ann.refused(body(advert, ad=str(advert.id), advertiser=str(world.bakery))) == {"ad": "unknown"}


async def test_an_ad_that_is_not_active_is_unknown(here: Site, ann: Asker) -> None:
    assert await ann.refused(body(await new_advert(here, active=False))) == {"ad": "unknown"}


@pytest.mark.parametrize("advertiser", ["", "nobody", str(uuid4()), "\x00", "x" * 10_000])
async def test_an_unknown_advertiser_is_named(ann: Asker, advert: Advert, advertiser: str) -> None:
    assert await ann.refused(body(advert, ad=str(advert.id), advertiser=advertiser)) == {"advertiser": "unknown"}
    # Nobody has an ad of this name there.
    assert await ann.refused(body(advert, ad="x", advertiser=advertiser)) == {"ad": "unknown", "advertiser": "unknown"}


async def test_a_member_of_the_advertiser_cannot_ask_itself(here: Site, advert: Advert) -> None:
    denis = await member(here, here.world.denis)
    assert (await denis.refused(body(advert)))["advertiser"] == "own_partner"


async def test_a_profile_of_somebody_else_is_unknown(here: Site, ann: Asker, advert: Advert) -> None:
    ben = await asker(here)
    assert ben.who is not None
    bens = (await contact_profiles.list_contact_profiles(here.world.database, ben.who))[0]
    for profile in (str(bens.id), str(uuid4()), "", "nobody", "\x00"):
        assert await ann.refused(body(advert, profile=profile)) == {"profile": "unknown"}


async def test_a_missing_number_and_a_missing_address_are_named(here: Site, ann: Asker, advert: Advert) -> None:
    assert ann.who is not None
    without_phone = await asker(here, phone=None)
    assert await without_phone.refused(body(advert)) == {"phone": "required"}
    for email, phone, missing in (("a@example.com", None, {"phone"}), (None, "+33612345678", {"email"}),
                                  (None, None, {"email", "phone"})):  # fmt: skip
        given = NewContactProfile(label="Other", email=email, phone=phone)
        profile = await contact_profiles.add_contact_profile(here.world.database, ann.who, given)
        assert await ann.refused(body(advert, profile=str(profile.id))) == dict.fromkeys(missing, "required")


async def test_all_wrong_fields_are_named_at_once(ann: Asker) -> None:
    sent = {
        "ad": "no such ad",
        "advertiser": "nobody",
        "profile": 7,
        "message": "x" * 9_000,
        "starts_at": "soon",
        "colour": "blue",
    }
    assert await ann.refused(sent) == {
        "ad": "unknown",
        "advertiser": "unknown",
        "profile": "wrong_type",
        "message": "too_long",
        "starts_at": "date_invalid",
        "colour": "unknown_field",
    }
    assert await ann.refused({}) == dict.fromkeys(("ad", "advertiser", "starts_at"), "required")
    many = {f"field {number}": number for number in range(500)}
    assert len(await ann.refused(many)) <= 60


@pytest.mark.parametrize(
    "sent",
    [b"", b"{", b"not json", b"{'ad': 'x'}", b'{"ad": "\xff"}', b'{"ad": "\\ud800"}', b"\x00", b'{"ad": "x",}',
     b'{"ad": ' + b"[" * 100_000, b"{} {}", b"\xef\xbb\xbf{}"],
)  # fmt: skip
async def test_what_is_no_json_is_400(ann: Asker, sent: bytes) -> None:
    status, kind, answer = await ann.ask("POST", "/contact-requests", data=sent)
    assert (status, kind, answer["code"]) == (400, "application/problem+json", "unreadable_request")


@pytest.mark.parametrize("sent", [b"[]", b"null", b'"text"', b"12", b"true"])
async def test_json_that_is_no_object_is_422(ann: Asker, sent: bytes) -> None:
    status, kind, answer = await ann.ask("POST", "/contact-requests", data=sent)
    assert (status, kind) == (422, "application/problem+json")
    assert [(each["field"], each["code"]) for each in answer["errors"]] == [("body", "wrong_type")]


async def test_a_body_beyond_all_bounds_is_413(ann: Asker, advert: Advert) -> None:
    status, kind, _ = await ann.ask("POST", "/contact-requests", json=body(advert, message="x" * 3_000_000))
    assert (status, kind) == (413, "application/problem+json")


@pytest.mark.parametrize(
    ("query", "field"),
    [("?ad=nothing", "ad"), ("?from=soon", "from"), ("?to=2026-02-30", "to"), ("?from=0001-01-01", "from"),
     ("?to=9999-12-31", "to")],
)  # fmt: skip
async def test_what_is_wrong_with_a_question_is_named(here: Site, query: str, field: str) -> None:
    claire = await member(here, here.world.claire)
    for path in ("contact-requests", "contact-requests/count"):
        status, kind, answer = await claire.ask("GET", f"/advertisers/{here.world.chateau}/{path}{query}")
        assert (status, kind) == (422, "application/problem+json"), answer
        assert [each["field"] for each in answer["errors"]] == [field]


@pytest.mark.parametrize("query", ["?limit=0", "?limit=101", "?state=old", "?cursor=x", "?state=new%00", "?limit=many"])
async def test_what_is_wrong_with_a_list_is_refused(here: Site, query: str) -> None:
    claire = await member(here, here.world.claire)
    assert (await claire.ask("GET", f"/advertisers/{here.world.chateau}/contact-requests{query}"))[0] in (400, 422)
    count = f"/advertisers/{here.world.chateau}/contact-requests/count"
    assert (await claire.ask("GET", f"{count}?group_by=year"))[0] == 422


async def test_a_flood_is_refused_with_the_time_to_wait_and_nothing_of_it_is_stored(here: Site) -> None:
    flooder, made = await asker(here), await new_advert(here)
    statuses = [(await flooder.ask("POST", "/contact-requests", json=body(made)))[0] for _ in range(25)]
    assert statuses == [201] * 20 + [429] * 5
    url = f"{here.webs[0].url}/v1/contact-requests"
    async with here.http.post(url, json=body(made), headers={"Authorization": f"Bearer {flooder._token}"}) as answer:
        assert answer.content_type == "application/problem+json"
        assert 3_000 < int(answer.headers["Retry-After"]) <= 3_600
    claire = await member(here, here.world.claire)
    assert await claire.count(here.world.chateau, f"?ad={made.id}") == 20
