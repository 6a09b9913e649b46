"""Partners: the public storefront, who changes it, and what it answers by itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from estafette import accounts
from estafette.accounts import OpeningSpan
from estafette.accounts.actions import members, partners
from estafette.accounts.models.inputs import NewPartner, PartnerChanges
from estafette.base import changes
from estafette.base.database import Database
from estafette.base.errors import Forbidden, Invalid, NotFound
from estafette.base.ids import new_id
from tests.accounts.people import administrator, by_new_token, codes, seen, sign_up
from tests.accounts.test_profiles import picture


async def test_an_administrator_adds_a_partner_with_its_owner(database: Database) -> None:
    root = await administrator(database)
    claire, cookie = await sign_up(database, "claire@example.com", "Claire", confirmed=True)
    partner = await partners.open_partner(database, root, NewPartner(name="Château", owner_email="Claire@Example.com"))
    owner = await seen(database, cookie)
    assert owner.partners == {partner.id: "owner"}
    assert owner.parties == {claire.person_id, partner.id}
    with pytest.raises(Forbidden):
        await partners.open_partner(database, claire, NewPartner(name="Mine"))
    with pytest.raises(Invalid) as refused:
        await partners.open_partner(database, root, NewPartner(name="", owner_email="no address"))
    assert codes(refused.value) == {"name": "required", "owner_email": "email_invalid"}
    listed = await partners.list_partners(database, None, None, 50)
    assert [each.name for each in listed.items] == ["Château"]


async def test_partners_are_listed_for_everybody_and_found_without_accents(database: Database) -> None:
    await accounts.make_partner(database, "Château de Vaux-le-Vicomte", city="Maincy", tagline="Jardins et chandelles")
    await accounts.make_partner(database, "Пекарня «Ёлка»", city="Москва")
    await accounts.make_partner(database, "Au Bon Pain")

    async def found(q: str | None) -> list[str]:
        return [each.name for each in (await partners.list_partners(database, q, None, 50)).items]

    assert await found(None) == ["Au Bon Pain", "Château de Vaux-le-Vicomte", "Пекарня «Ёлка»"]
    assert await found("chateau MAINCY") == ["Château de Vaux-le-Vicomte"]
    assert await found("елка") == ["Пекарня «Ёлка»"]
    first = await partners.list_partners(database, None, None, 2)
    rest = await partners.list_partners(database, None, first.next, 2)
    assert [each.name for each in rest.items] == ["Пекарня «Ёлка»"]
    assert rest.next is None


async def test_owners_change_their_storefront_and_visitors_see_it(database: Database) -> None:
    chateau = await accounts.make_partner(database, "Château")
    claire = await accounts.add_person(database, "claire@example.com", "Claire")
    await accounts.add_member(database, chateau.id, claire.id, "owner")
    owner = await accounts.by_token(database, await accounts.create_token(database, claire.id, "test"))
    assert owner is not None
    await partners.change_partner(
        database,
        owner,
        chateau.id,
        PartnerChanges(
            tagline="Gardens",
            description=" First line\r\n\r\nSecond <b>line</b>\t! ",
            city="Maincy",
            website="https://vaux.example/visit?a=1#b",
            time_zone="Europe/Paris",
            opening_hours=[
                OpeningSpan(day=5, opens="20:00", closes="02:00"),
                OpeningSpan(day=0, opens="09:00", closes="18:00"),
            ],
        ),
    )
    seen_by_all = await accounts.partner(database, chateau.id)
    assert seen_by_all.description == "First line\n\nSecond <b>line</b> !"
    assert [span.day for span in seen_by_all.opening_hours] == [0, 5]
    assert "confirmation_texts" not in msgspec.to_builtins(seen_by_all)
    stream = await changes.read(database, chateau.id, 0, 10)
    assert [each.kind for each in stream] == ["members_changed", "partner_changed"]


async def test_a_storefront_is_open_by_its_own_clock(database: Database) -> None:
    bar = await accounts.make_partner(
        database, "Bar", time_zone="Asia/Tokyo", opening_hours=[OpeningSpan(day=6, opens="22:00", closes="03:00")]
    )

    async def open_at(at: datetime) -> bool:
        database.clock.move(at - database.clock.now())
        return (await accounts.partner(database, bar.id)).open_now

    # Sunday 22:00 in Tokyo is 13:00 UTC.
    sunday = datetime(2026, 3, 1, 13, 0, 1, tzinfo=UTC)
    assert not await open_at(sunday - timedelta(minutes=1))
    assert await open_at(sunday)
    assert await open_at(sunday + timedelta(hours=4, minutes=59))
    assert not await open_at(sunday + timedelta(hours=5))


async def test_every_wrong_field_of_a_storefront_is_named(database: Database) -> None:
    root = await administrator(database)
    chateau = await accounts.make_partner(database, "Château")
    with pytest.raises(Invalid) as refused:
        await partners.change_partner(
            database,
            root,
            chateau.id,
            PartnerChanges(
                name=" ",
                tagline="t" * 161,
                description="a\0b",
                city="two\nlines",
                website="javascript:alert(1)",
                time_zone="../../etc/passwd",
                opening_hours=[OpeningSpan(day=7, opens="9:00", closes="25:00")],
                confirmation_texts={"fr": "x" * 1_001},
            ),
        )
    assert codes(refused.value) == {
        "name": "required",
        "tagline": "too_long",
        "description": "forbidden_character",
        "city": "forbidden_character",
        "website": "website_invalid",
        "time_zone": "time_zone_unknown",
        "opening_hours[0].day": "out_of_range",
        "opening_hours[0].opens": "time_invalid",
        "opening_hours[0].closes": "time_invalid",
        "confirmation_texts.fr": "too_long",
    }
    assert (await accounts.partner(database, chateau.id)).name == "Château"


async def test_only_owners_and_administrators_change_and_to_others_it_is_not_there(database: Database) -> None:
    chateau = await accounts.make_partner(database, "Château")
    ann, _ = await sign_up(database)
    denis, cookie = await sign_up(database, "denis@example.com", "Denis")
    await accounts.add_member(database, chateau.id, denis.person_id)
    denis = await seen(database, cookie)
    root = await administrator(database)
    with pytest.raises(Forbidden):
        await partners.change_partner(database, denis, chateau.id, PartnerChanges(name="Mine"))
    for somebody, partner in ((ann, chateau.id), (ann, new_id()), (denis, new_id()), (root, new_id())):
        with pytest.raises(NotFound):
            await partners.change_partner(database, somebody, partner, PartnerChanges(name="Mine"))
        with pytest.raises(NotFound):
            await members.list_members(database, somebody, partner)
    with pytest.raises(NotFound):
        await partners.change_partner(
            database, await by_new_token(database, root, "write"), chateau.id, PartnerChanges(name="Mine")
        )
    assert (await partners.change_partner(database, root, chateau.id, PartnerChanges(name="Vaux"))).name == "Vaux"
    with pytest.raises(NotFound):
        await accounts.partner(database, new_id())


async def test_members_see_what_the_partner_answers_by_itself(database: Database) -> None:
    chateau = await accounts.make_partner(
        database, "Château {name}", confirmation_texts={"fr": "Bien reçu !", "ru": "  "}
    )
    denis, cookie = await sign_up(database, "denis@example.com", "Denis")
    outside = await partners.storefront(database, denis, chateau.id)
    await accounts.add_member(database, chateau.id, denis.person_id)
    inside = await partners.storefront(database, await seen(database, cookie), chateau.id)
    assert not outside.confirmation_texts
    texts = (await accounts.confirmation(database, chateau.id)).texts
    assert inside.confirmation_texts == texts
    assert set(texts) == {"en", "fr", "pt", "ru"}
    assert texts["fr"] == "Bien reçu !"
    assert all("Château {name}" in texts[language] for language in ("en", "pt", "ru"))


async def test_default_words_handed_back_follow_the_name_and_an_empty_text_brings_them_back(database: Database) -> None:
    root = await administrator(database)
    chateau = await accounts.make_partner(database, "Château", confirmation_texts={"en": "Thanks!"})
    texts = (await accounts.confirmation(database, chateau.id)).texts
    await partners.change_partner(
        database, root, chateau.id, PartnerChanges(name="Vaux", confirmation_texts={**texts, "pt": "Obrigada!"})
    )
    now = (await accounts.confirmation(database, chateau.id)).texts
    assert (now["en"], now["pt"]) == ("Thanks!", "Obrigada!")
    assert "Vaux" in now["fr"]
    await partners.change_partner(database, root, chateau.id, PartnerChanges(confirmation_texts={"en": None, "pt": ""}))
    now = (await accounts.confirmation(database, chateau.id)).texts
    assert all("Vaux" in text for text in now.values())


async def test_picture_and_cover_are_images_that_everybody_may_see(database: Database, tmp_path: Path) -> None:
    root = await administrator(database)
    chateau = await accounts.make_partner(database, "Château")
    front = await picture(database, tmp_path, root.person_id)
    gardens = await picture(database, tmp_path, root.person_id)
    changed = await partners.change_partner(database, root, chateau.id, PartnerChanges(picture=front, cover=gardens))
    assert (changed.picture, changed.cover) == (front, gardens)
    assert await accounts.is_public_picture(database, front)
    assert await accounts.is_public_picture(database, gardens)
    text = await picture(database, tmp_path, root.person_id, b"words")
    with pytest.raises(Invalid) as refused:
        await partners.change_partner(database, root, chateau.id, PartnerChanges(name="Half", picture=None, cover=text))
    assert codes(refused.value) == {"cover": "not_an_image"}
    assert (await accounts.partner(database, chateau.id)).picture == front
    party = await database.fetchrow("SELECT kind, name, picture FROM party_cards WHERE id = $1", chateau.id)
    assert party is not None
    assert tuple(party) == ("partner", "Château", front)
