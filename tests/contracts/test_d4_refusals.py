"""Document D4: what it refuses, as `{"error": text}`, and nothing half done."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest

from estafette.accounts.actions import people
from estafette.accounts.models.inputs import PersonChanges
from estafette.conversations.actions import rosters
from tests.contracts.messenger import PASSWORD, Colleague, colleague, signs_in, with_password
from tests.processes import Site

NOBODY = str(uuid4())


@pytest.fixture
async def gina(here: Site) -> Colleague:
    return await colleague(here, "Gina")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", f"/v1/user/{NOBODY}"),
        ("GET", f"/v1/user/{NOBODY}/contactList"),
        ("GET", f"/v1/user/{NOBODY}/channels"),
        ("POST", f"/v1/user/{NOBODY}/channel"),
        ("PUT", f"/v1/user/{NOBODY}/channel/{NOBODY}"),
        ("GET", f"/v1/user/{NOBODY}/channel/{NOBODY}"),
    ],
)
async def test_all_but_signing_in_needs_somebody_signed_in_and_is_their_own(
    here: Site, gina: Colleague, method: str, path: str
) -> None:
    for token in (None, "est_revoked"):
        assert (await Colleague(here, gina.who, token).error(method, path))[0] == 401
    other = await colleague(here)
    for id_ in (NOBODY, other.id, "no-id-at-all", "%F0%9F%98%80"):
        assert (await gina.error(method, path.replace(NOBODY, id_, 1)))[0] == 404
    customer = await colleague(here, role="customer")
    assert (await customer.error(method, path.replace(NOBODY, customer.id, 1)))[0] == 403


async def test_who_is_no_employee_is_nobody_to_employees_and_sees_nobody(here: Site, gina: Colleague) -> None:
    customer = await colleague(here, role="customer")
    unknown = await gina.error("GET", f"/v1/user/{NOBODY}")
    for each in (*await unavailable(here), customer):
        assert await gina.error("GET", f"/v1/user/{each.id}") == unknown
    assert await gina.error("GET", "/v1/user/no-id-at-all") == unknown
    assert (await customer.error("GET", f"/v1/user/{gina.id}"))[0] == 404
    assert (await customer.error("GET", ""))[0] == 403
    assert (await Colleague(here, gina.who, None).error("GET", f"/v1/user/{gina.id}"))[0] == 401


@pytest.mark.parametrize(
    "wrong",
    [{"info": "x" * 501}, {"info": "a\0b"}, {"info": 5}, {"info": None}, {"status": "offline"}, {"status": ""},
     {"status": None}, {"status": 1}, {"name": "Gina"}],
)  # fmt: skip
async def test_a_change_of_oneself_that_cannot_be_is_400_names_the_field_and_changes_nothing(
    gina: Colleague, wrong: dict[str, Any]
) -> None:
    before = await gina.becomes(info="Here", status="available")
    status, text = await gina.error("PUT", "", json={"info": "Gone", "status": "away"} | wrong)
    assert status == 400
    assert next(iter(wrong)) in text
    assert await gina.gets("") == before


async def test_whoever_cannot_sign_in_is_told_the_same_400(here: Site) -> None:
    gina = await with_password(here)
    wrong = await signs_in(here, gina.email, "another password")
    assert wrong == (400, {"error": "email and password do not belong together"})
    assert await signs_in(here, f"{uuid4().hex}@example.com") == wrong
    for email in ("", "nobody", "\0", "x" * 100_000):
        assert await signs_in(here, email) == wrong
    await people.change_person(here.world.database, here.world.root, gina.person_id, PersonChanges(disabled=True))
    assert await signs_in(here, gina.email) == wrong


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"12", b'"text"', b'{"email": "a@example.com",}', b'{"email": "\xff"}', b"[" * 50_000,
     b"{}", b'{"email": "a@example.com"}', b'{"password": "correct horse"}', b'{"email": 5, "password": "x"}',
     b'{"email": null, "password": null}', b'{"email": "a", "password": "b", "role": "administrator"}'],
)  # fmt: skip
async def test_a_sign_in_that_cannot_be_read_is_400(here: Site, body: bytes) -> None:
    async with here.http.post(f"{here.webs[0].url}/v1/auth", data=body) as answer:
        assert answer.status == 400
        assert (await answer.json()).keys() == {"error"}


async def test_wrong_passwords_are_counted_together_with_those_of_the_sign_in_page(here: Site) -> None:
    gina = await with_password(here)
    native = f"{here.webs[0].url}/api/v1/sessions"
    for _ in range(15):
        assert (await signs_in(here, gina.email, "another password"))[0] == 400
        async with here.http.post(native, json={"email": gina.email, "password": "another password"}) as answer:
            assert answer.status == 401
    status, told = await signs_in(here, gina.email)
    assert (status, told.keys()) == (429, {"error"}), "the right one, too: it might have been guessed"


async def test_no_password_and_no_token_is_in_the_log(here: Site) -> None:
    gina = await with_password(here)
    _, answer = await signs_in(here, gina.email)
    await signs_in(here, gina.email, "a secret that is wrong")
    log = here.webs[0].output
    assert "/v1/auth" in log, "it is logged that somebody signed in"
    for secret in (PASSWORD, "a secret that is wrong", answer["token"]):
        assert secret not in log


async def test_the_newest_tokens_of_a_person_are_kept_and_no_more(here: Site) -> None:
    gina = await with_password(here)
    answers = [await signs_in(here, gina.email) for _ in range(51)]
    first, second, last = [Colleague(here, gina, answers[at][1]["token"]) for at in (0, 1, -1)]
    assert (await first.error("GET", "/channels"))[0] == 401
    assert await second.gets("/channels") == await last.gets("/channels") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"nameof": ""},
        {"nameof": " \u200b\n"},
        {"nameof": "x" * 81},
        {"nameof": "a\0b"},
        {"nameof": 5},
        {"nameof": None},
        {"user": ""},
        {"user": NOBODY},
        {"user": None},
        {"user": "no-id-at-all"},
        {"contacts": "everybody"},
        {"contacts": [5]},
        {"contacts": [None]},
        {"contacts": ["no-id-at-all"]},
        {"contacts": [NOBODY]},
        {"contacts": [NOBODY] * 1_001},
        {"status": "open"},
        {"status": ""},
        {"status": 1},
        {"owner": NOBODY},
    ],
)
async def test_a_chat_that_cannot_be_opened_is_400_names_the_field_and_leaves_nothing(
    gina: Colleague, wrong: dict[str, Any]
) -> None:
    body = {"nameof": "Lunch", "user": gina.id, "contacts": [], "status": "active"}
    status, text = await gina.error("POST", "/channel", json=body | wrong)
    assert status == 400
    assert next(iter(wrong)) in text
    assert await gina.gets("/channels") == []


@pytest.mark.parametrize("missing", [{"nameof"}, {"user"}, {"nameof", "user"}])
async def test_a_chat_needs_a_name_and_a_user(gina: Colleague, missing: set[str]) -> None:
    body = {name: text for name, text in {"nameof": "Lunch", "user": gina.id}.items() if name not in missing}
    assert (await gina.error("POST", "/channel", json=body))[0] == 400


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"nameof": "\xff"}', b'{"nameof": "\\ud800"}'])
async def test_what_is_not_a_json_object_is_400(gina: Colleague, body: bytes) -> None:
    place = (await gina.opens("Lunch"))["id"]
    for method, path in (("PUT", ""), ("POST", "/channel"), ("PUT", f"/channel/{place}")):
        assert (await gina.error(method, path, data=body))[0] == 400


async def unavailable(here: Site) -> Sequence[Colleague]:
    """A customer, and an employee who is gone."""
    gone = await colleague(here)
    await people.change_person(here.world.database, here.world.root, gone.who.person_id, PersonChanges(disabled=True))
    return await colleague(here, role="customer"), gone


async def test_contacts_that_are_not_available_are_400_and_named(here: Site, gina: Colleague) -> None:
    hugo = await colleague(here)
    opened = await gina.opens("Lunch", hugo)
    for each in await unavailable(here):
        body = {"nameof": "Dinner", "user": gina.id, "contacts": [hugo.id, each.id]}
        told = (400, "contacts[1]: is no available contact")
        assert await gina.error("POST", "/channel", json=body) == told
        assert await gina.error("PUT", f"/channel/{opened['id']}", json={"contacts": body["contacts"]}) == told
    assert await gina.gets("/channels") == [opened]


@pytest.mark.parametrize("id_", [NOBODY, "no-id-at-all", "1", "undefined", "%F0%9F%98%80", "'; --"])
async def test_an_unknown_chat_is_404(gina: Colleague, id_: str) -> None:
    assert (await gina.error("GET", f"/channel/{id_}"))[0] == 404
    assert (await gina.error("PUT", f"/channel/{id_}", json={"nameof": "Mine"}))[0] == 404


async def test_a_chat_of_others_answers_like_an_unknown_one(here: Site, gina: Colleague) -> None:
    hugo, ida = await colleague(here), await colleague(here)
    opened = await hugo.opens("Between us", ida)
    for method, wanted in (("GET", None), ("PUT", {"contacts": [gina.id]}), ("PUT", {"nameof": "x" * 81})):
        theirs = await gina.error(method, f"/channel/{opened['id']}", json=wanted)
        assert theirs == await gina.error(method, f"/channel/{uuid4()}", json=wanted)
        assert theirs[0] == 404
    assert await hugo.gets("/channels") == [opened]


async def test_the_two_of_a_direct_chat_cannot_be_others(here: Site, gina: Colleague) -> None:
    hugo, ida = await colleague(here), await colleague(here)
    url = f"{here.webs[0].url}/api/v1/direct-chats"
    token = await here.token(gina.who)
    async with here.http.post(url, json={"person_id": hugo.id}, headers={"Authorization": f"Bearer {token}"}) as answer:
        place = (await answer.json())["id"]
    await gina.says(place, "Good morning")
    for wanted in ({"contacts": [ida.id]}, {"nameof": "Three of us"}):
        assert (await gina.error("PUT", f"/channel/{place}", json=wanted))[0] == 403


async def test_in_an_archived_chat_nothing_but_its_status_changes(here: Site, gina: Colleague) -> None:
    hugo = await colleague(here)
    place = (await gina.opens("Lunch", status="archived"))["id"]
    for wanted in ({"nameof": "Dinner"}, {"contacts": [hugo.id]}):
        assert (await gina.error("PUT", f"/channel/{place}", json=wanted))[0] == 400
    assert (await gina.changes(place, status="active", nameof="Dinner"))["nameof"] == "Dinner"


async def test_contacts_that_were_not_all_shown_are_not_replaced(
    here: Site, gina: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rosters, "NAMED", 1)
    place = (await gina.opens("Lunch", await colleague(here), await colleague(here)))["id"]
    with pytest.raises(Exception, match="people: too_many"):
        await rosters.replace_members(here.world.database, gina.who, rosters.UUID(place), [])
    assert len((await gina.gets("/channels"))[0]["contacts"]) == 2


@pytest.mark.parametrize("limit", ["0", "-1", "501", "100000000000000000000", "abc", "1.5", "", "%D9%A1"])
async def test_a_limit_out_of_bounds_is_400(gina: Colleague, limit: str) -> None:
    place = (await gina.opens("Lunch"))["id"]
    assert (await gina.error("GET", f"/channel/{place}?limit={limit}"))[0] == 400


async def test_after_a_chat_that_is_not_there_is_404(here: Site, gina: Colleague) -> None:
    foreign = (await (await colleague(here)).opens("Not for Gina"))["id"]
    for before in (NOBODY, "no-id-at-all", foreign):
        assert (await gina.error("GET", f"/channels?before={before}"))[0] == 404


async def test_before_a_message_that_is_not_there_is_404(gina: Colleague) -> None:
    place, elsewhere = (await gina.opens("Lunch"))["id"], (await gina.opens("Dinner"))["id"]
    said = await gina.says(elsewhere, "Elsewhere")
    for before in (NOBODY, "no-id-at-all", str(said)):
        assert (await gina.error("GET", f"/channel/{place}?before={before}"))[0] == 404


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("", "q"),
        ("?q=", "q"),
        ("?q=%20", "q"),
        ("?q=" + "x" * 501, "q"),
        ("?q=from:nemo", "from:nemo"),
        ("?q=a%20form:nemo", "character 3"),
        ("?q=before:never", "before:never"),
        ("?q=x&in=mails", "in"),
        ("?q=x&in=", "in"),
    ],
)
async def test_a_search_that_cannot_be_is_400_and_names_what_is_wrong(gina: Colleague, asked: str, named: str) -> None:
    status, text = await gina.error("GET", f"/v1/search{asked}")
    assert status == 400
    assert named in text


async def test_only_employees_search(here: Site, gina: Colleague) -> None:
    assert (await Colleague(here, gina.who, None).error("GET", "/v1/search?q=x"))[0] == 401
    assert (await (await colleague(here, role="customer")).error("GET", "/v1/search?q=x"))[0] == 403
