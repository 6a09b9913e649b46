"""Uploaded lists: whoever a file names is on them once, by whatever it names them, in whatever form it comes."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from estafette.base.errors import Invalid, NotFound
from estafette.base.quotas import Quotas
from estafette.communications.actions import listing, looking
from estafette.communications.models.audiences import ListAudience
from estafette.communications.models.lists import UploadedList
from tests.communications.planned import Plans
from tests.world import World


@pytest_asyncio.fixture
async def plans(world: World) -> Plans:
    made = await Plans(world).register(Zoe="+33612345678", Yves="+33612345679", Wim=None)
    await world.database.execute("UPDATE clients SET external_id = 'C-7' WHERE name = 'Wim'")
    return made


async def upload(plans: Plans, content: str | bytes) -> UploadedList:
    async def pieces() -> AsyncIterator[bytes]:
        yield content.encode() if isinstance(content, str) else content

    return await listing.upload_list(plans.database, Quotas(), plans.root, "VIP", pieces())


async def test_clients_are_named_by_anything_that_is_theirs(plans: Plans) -> None:
    zoe = plans.clients["Zoe"]
    made = await upload(plans, f"{zoe}\nZOE@example.com\n+33 6 12 34 56 79\nC-7\nnobody@example.com\n\n")
    assert (made.clients, made.unknown, made.unknown_count) == (3, ["nobody@example.com"], 1)
    for content, clients in (
        ("Name;E-mail\nZoe;zoe@example.com\nYves;yves@example.com\n".encode("utf-16"), 2),
        (f'{{"name": "Zoe", "id": "{zoe}"}}\n{{"id": "C-7"}}\n', 2),
        ("phone\n+33612345678\n+33612345678\n", 1),
    ):
        found = await upload(plans, content)
        assert (found.clients, found.unknown) == (clients, [])
    shown = await listing.list_lists(plans.database, plans.root, None, 2)
    rest = await listing.list_lists(plans.database, plans.root, shown.next, 2)
    assert [each.clients for each in (*shown.items, *rest.items)] == [1, 2, 2, 3]
    assert (await plans.create(audience=ListAudience(list_id=made.id))).clients == 3


async def test_the_first_line_is_somebody_unless_it_is_a_known_head(plans: Plans) -> None:
    await plans.database.execute("UPDATE clients SET external_id = upper(name) WHERE external_id IS NULL")
    for content, clients, unknown in (("ZOE\nYVES\n", 2, []), ("ids\nZOE\n", 1, ["ids"]), ("Client id\nZOE\n", 1, [])):
        made = await upload(plans, content)
        assert (made.clients, made.unknown) == (clients, unknown), content


async def test_a_file_that_names_nobody_makes_no_list(plans: Plans) -> None:
    for content, code in (
        ("nobody@example.com", "list_names_nobody"),
        ("", "required"),
        (b"\0\1\2", "table_unreadable"),
    ):
        with pytest.raises(Invalid) as caught:
            await upload(plans, content)
        assert [(each.field, each.code) for each in caught.value.fields] == [("file", code)]
    assert not (await listing.list_lists(plans.database, plans.root, None, 50)).items


async def test_what_broke_off_is_taken_away_and_what_is_used_is_not(plans: Plans) -> None:
    await plans.create("Zoe")
    with pytest.raises(Invalid):
        await upload(plans, "nobody@example.com")
    await plans.database.execute("UPDATE client_lists SET created_at = created_at - interval '2 days'")
    await listing.forget_abandoned(plans.database)
    assert await plans.database.fetchval("SELECT count(*) FROM client_lists") == 1


async def test_a_deleted_list_is_gone_but_for_the_communications_that_have_it(plans: Plans) -> None:
    used, unused = await upload(plans, "C-7"), await upload(plans, "C-7")
    made = await plans.create(audience=ListAudience(list_id=used.id))
    for each in (used, unused):
        await listing.delete_list(plans.database, plans.root, each.id)
        with pytest.raises(NotFound):
            await listing.delete_list(plans.database, plans.root, each.id)
    assert not (await listing.list_lists(plans.database, plans.root, None, 50)).items
    assert (await looking.find(plans.database, plans.root, made.id)).audience == plans.to("Wim")
