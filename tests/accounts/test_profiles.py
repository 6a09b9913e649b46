"""One's own profile, its picture, and contact profiles."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image

from estafette import accounts, files
from estafette.accounts.actions import contact_profiles, profiles
from estafette.accounts.errors import DefaultProfileStays
from estafette.accounts.models.inputs import ContactProfileChanges, NewContactProfile, ProfileChanges
from estafette.base import changes
from estafette.base.database import Database
from estafette.base.errors import Invalid, NotFound
from estafette.base.ids import new_id
from tests.accounts.people import PASSWORD, codes, move, seen, sign_in, sign_up
from tests.files.site import upload


async def picture(database: Database, folder: Path, owner: UUID, content: bytes | None = None) -> UUID:
    """An upload that is not in use yet."""
    if content is None:
        drawn = BytesIO()
        Image.new("RGB", (8, 8), "hotpink").save(drawn, "PNG")
        content = drawn.getvalue()

    async def pieces() -> AsyncIterator[bytes]:
        yield content

    return (await upload(database, files.open_storage(folder), owner, "me.png", pieces())).id


async def test_a_profile_changes_where_it_was_mentioned(database: Database) -> None:
    ann, cookie = await sign_up(database)
    me = await profiles.change_profile(
        database,
        ann,
        ProfileChanges(name="Ann Lee", phone="+33 (0)6 12 34 56 78", language="pt", time_zone="America/Sao_Paulo"),
    )
    assert (me.name, me.email, me.phone) == ("Ann Lee", "ann@example.com", "+33612345678")
    assert me == await profiles.me(database, ann)
    now = await seen(database, cookie)
    assert (now.name, now.language, now.time_zone) == ("Ann Lee", "pt", "America/Sao_Paulo")
    assert (await profiles.change_profile(database, ann, ProfileChanges(phone=None))).phone is None


async def test_every_wrong_field_of_a_profile_is_named_and_nothing_is_saved(database: Database) -> None:
    ann, _ = await sign_up(database)
    await sign_up(database, "ben@example.com", "Ben")
    with pytest.raises(Invalid) as refused:
        await profiles.change_profile(
            database, ann, ProfileChanges(name="n" * 121, email="a@b", phone="0612345678", time_zone="Mars/Olympus")
        )
    assert codes(refused.value) == {
        "name": "too_long",
        "email": "email_invalid",
        "phone": "phone_invalid",
        "time_zone": "time_zone_unknown",
        "password": "required",
    }
    with pytest.raises(Invalid) as refused:
        await profiles.change_profile(
            database, ann, ProfileChanges(name="Another", email="BEN@example.com", password=PASSWORD)
        )
    assert codes(refused.value) == {"email": "email_taken"}
    assert (await profiles.me(database, ann)).name == "Ann"


async def test_a_new_address_is_the_one_to_sign_in_with(database: Database) -> None:
    ann, _ = await sign_up(database)
    await move(database, ann, "Ann.Lee@example.com")
    assert (await sign_in(database, "ann.lee@example.com"))[0].person_id == ann.person_id
    assert (await sign_up(database, "ann@example.com", "Another Ann"))[0].person_id != ann.person_id


async def test_a_change_is_in_the_stream_of_the_person_and_no_change_is_not(database: Database) -> None:
    ann, _ = await sign_up(database)
    await profiles.change_profile(database, ann, ProfileChanges(name="Ann Lee"))
    await profiles.change_profile(database, ann, ProfileChanges(name="Ann Lee"))
    stream = await changes.read(database, ann.person_id, 1, 10)
    assert [(each.number, each.kind, each.subject) for each in stream] == [(2, "profile_changed", ann.person_id)]


async def test_a_picture_is_an_image_of_ones_own_and_the_old_one_goes(database: Database, tmp_path: Path) -> None:
    ann, _ = await sign_up(database)
    ben, _ = await sign_up(database, "ben@example.com", "Ben")
    first = await picture(database, tmp_path, ann.person_id)
    assert (await profiles.change_profile(database, ann, ProfileChanges(picture=first))).picture == first
    assert (await profiles.change_profile(database, ann, ProfileChanges(picture=first))).picture == first
    card = await database.fetchrow("SELECT name, picture FROM person_cards WHERE id = $1", ann.person_id)
    assert card is not None
    assert tuple(card) == ("Ann", first)

    text = await picture(database, tmp_path, ann.person_id, b"just words")
    with pytest.raises(Invalid) as refused:
        await profiles.change_profile(database, ann, ProfileChanges(picture=text))
    assert codes(refused.value) == {"picture": "not_an_image"}
    for foreign in (await picture(database, tmp_path, ben.person_id), new_id()):
        with pytest.raises(Invalid) as refused:
            await profiles.change_profile(database, ann, ProfileChanges(picture=foreign))
        assert set(codes(refused.value)) == {"picture"}

    second = await picture(database, tmp_path, ann.person_id)
    await profiles.change_profile(database, ann, ProfileChanges(picture=second))
    assert await files.describe(database, [first]) == {}
    await profiles.change_profile(database, ann, ProfileChanges(picture=None))
    assert await files.describe(database, [second]) == {}
    assert (await profiles.me(database, ann)).picture is None


async def test_a_persons_picture_is_for_whoever_is_signed_in(database: Database, tmp_path: Path) -> None:
    ann, _ = await sign_up(database)
    mine = await picture(database, tmp_path, ann.person_id)
    assert not await accounts.is_picture_of_person(database, mine)
    await profiles.change_profile(database, ann, ProfileChanges(picture=mine))
    assert await accounts.is_picture_of_person(database, mine)
    assert not await accounts.is_public_picture(database, mine)


async def test_everybody_has_a_default_contact_profile_that_follows_the_address(database: Database) -> None:
    ann, _ = await sign_up(database)
    (first,) = await contact_profiles.list_contact_profiles(database, ann)
    assert (first.email, first.phone, first.is_default) == ("ann@example.com", None, True)
    await profiles.change_profile(database, ann, ProfileChanges(phone="+33612345678"))
    await move(database, ann, "lee@example.com")
    (first,) = await contact_profiles.list_contact_profiles(database, ann)
    assert (first.email, first.phone) == ("lee@example.com", "+33612345678")

    await contact_profiles.change_contact_profile(
        database, ann, first.id, ContactProfileChanges(email="office@example.com", phone=None)
    )
    await profiles.change_profile(database, ann, ProfileChanges(phone="+33611111111"))
    await move(database, ann, "ann@example.com")
    (first,) = await contact_profiles.list_contact_profiles(database, ann)
    assert (first.email, first.phone) == ("office@example.com", None)


async def test_another_contact_profile_becomes_the_default(database: Database) -> None:
    ann, _ = await sign_up(database)
    (first,) = await contact_profiles.list_contact_profiles(database, ann)
    work = await contact_profiles.add_contact_profile(
        database, ann, NewContactProfile(label="Work", phone="+7 912 345-67-89", is_default=True)
    )
    assert (work.email, work.phone) == (None, "+79123456789")
    listed = await contact_profiles.list_contact_profiles(database, ann)
    assert [(each.id, each.is_default) for each in listed] == [(work.id, True), (first.id, False)]
    with pytest.raises(DefaultProfileStays):
        await contact_profiles.delete_contact_profile(database, ann, work.id)
    with pytest.raises(Invalid) as refused:
        await contact_profiles.change_contact_profile(database, ann, work.id, ContactProfileChanges(is_default=False))
    assert codes(refused.value) == {"is_default": "one_default_stays"}
    await contact_profiles.change_contact_profile(database, ann, first.id, ContactProfileChanges(is_default=True))
    await contact_profiles.delete_contact_profile(database, ann, work.id)
    assert [each.id for each in await contact_profiles.list_contact_profiles(database, ann)] == [first.id]


async def test_profiles_that_become_the_default_at_the_same_time_leave_one_default(database: Database) -> None:
    ann, _ = await sign_up(database)
    added = [
        await contact_profiles.add_contact_profile(database, ann, NewContactProfile(label=f"{number}"))
        for number in range(4)
    ]
    await asyncio.gather(
        *(
            contact_profiles.change_contact_profile(database, ann, each.id, ContactProfileChanges(is_default=True))
            for each in added
        )
    )
    listed = await contact_profiles.list_contact_profiles(database, ann)
    assert [each.is_default for each in listed] == [True, False, False, False, False]


async def test_a_foreign_contact_profile_is_like_an_unknown_one(database: Database) -> None:
    ann, _ = await sign_up(database)
    ben, _ = await sign_up(database, "ben@example.com", "Ben")
    (foreign,) = await contact_profiles.list_contact_profiles(database, ann)
    for profile in (foreign.id, new_id()):
        with pytest.raises(NotFound):
            await contact_profiles.change_contact_profile(database, ben, profile, ContactProfileChanges(label="Mine"))
        with pytest.raises(NotFound):
            await contact_profiles.delete_contact_profile(database, ben, profile)


async def test_wrong_fields_and_too_many_contact_profiles_are_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, _ = await sign_up(database)
    with pytest.raises(Invalid) as refused:
        await contact_profiles.add_contact_profile(
            database, ann, NewContactProfile(label=" ", email="nowhere", phone="12")
        )
    assert codes(refused.value) == {"label": "required", "email": "email_invalid", "phone": "phone_invalid"}
    monkeypatch.setattr(contact_profiles, "PROFILES", 1)
    with pytest.raises(Invalid) as refused:
        await contact_profiles.add_contact_profile(database, ann, NewContactProfile(label="Work"))
    assert codes(refused.value) == {"label": "too_many"}
