"""Registering document systems: for administrators, every wrong field named, the credential hidden for good."""

from typing import Any

import pytest
from msgspec import json

from estafette.accounts import SignedIn
from estafette.base.errors import Forbidden, Invalid
from estafette.documents import unreadable_systems
from estafette.documents.actions import cards, systems
from estafette.documents.errors import EmailNotConfirmed, UnknownDocumentSystem
from estafette.documents.models.systems import NewSystem, SystemChanges
from estafette.documents.rules.systems import SYSTEMS
from estafette.documents.store import systems as store
from tests.documents.conftest import GINA, Scene
from tests.documents.connector import CREDENTIAL, PATTERN, Doubtful, Example, entry, link

ELSEWHERE = "https://connector.example.com"


def wrong(error: Invalid) -> dict[str, str]:
    return {each.field: each.code for each in error.fields}


async def test_a_system_is_listed_without_its_credential(scene: Scene) -> None:
    await scene.register(ELSEWHERE, name="Orders")
    found = await systems.list_systems(scene.database, scene.root)
    assert [(each.name, each.patterns, each.connector) for each in found.items] == [("Orders", [PATTERN], ELSEWHERE)]
    assert CREDENTIAL not in json.encode(found).decode()
    stored = await scene.database.fetchval("SELECT credential FROM document_systems")
    assert CREDENTIAL.encode() not in stored


@pytest.mark.parametrize("name", ["gina", "world.ann"])
async def test_only_administrators_register_systems(scene: Scene, name: str) -> None:
    who: SignedIn = scene.gina if name == "gina" else scene.world.ann
    given = NewSystem(name="Orders", patterns=[PATTERN], connector=ELSEWHERE, credential="x")
    with pytest.raises(Forbidden):
        await systems.add_system(scene.database, scene.vault, who, given)


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        (
            {"name": " ", "patterns": [], "connector": "", "credential": ""},
            dict.fromkeys(("name", "patterns", "connector", "credential"), "required"),
        ),
        ({"name": "N" * 81, "credential": "c" * 1_001}, {"name": "too_long", "credential": "too_long"}),
        ({"name": "Orders \u202egnp"}, {"name": "forbidden_character"}),
        ({"patterns": [f"https://a.example/{each}/{{id}}" for each in range(11)]}, {"patterns": "too_many"}),
        ({"patterns": ["https://a.example/.*"]}, {"patterns": "document_pattern_invalid"}),
        ({"connector": "http://127.0.0.1:8090"}, {"connector": "document_connector_invalid"}),
        ({"connector": "https://10.0.0.1"}, {"connector": "document_connector_invalid"}),
        ({"connector": "https://a.example/?x=1"}, {"connector": "document_connector_invalid"}),
        ({"connector": f"https://a.example/{'a' * 1_000}"}, {"connector": "too_long"}),
        ({"credential": "two words"}, {"credential": "document_credential_invalid"}),
        ({"credential": "line\nX-Header: 1"}, {"credential": "document_credential_invalid"}),
    ],
)
async def test_every_wrong_field_is_named(scene: Scene, given: dict[str, Any], codes: dict[str, str]) -> None:
    usual: dict[str, Any] = {"name": "Orders", "patterns": [PATTERN], "connector": ELSEWHERE, "credential": "x"}
    with pytest.raises(Invalid) as error:
        await systems.add_system(scene.database, scene.vault, scene.root, NewSystem(**(usual | given)))
    assert wrong(error.value) == codes
    assert (await systems.list_systems(scene.database, scene.root)).items == []


async def test_a_pattern_belongs_to_one_system(scene: Scene) -> None:
    first = await scene.register(ELSEWHERE)
    with pytest.raises(Invalid) as error:
        await scene.register(ELSEWHERE, PATTERN.replace("documents", "DOCUMENTS"))
    assert wrong(error.value) == {"patterns": "document_pattern_taken"}
    again = SystemChanges(patterns=[PATTERN, "https://orders.example.com/{id}"])
    changed = await systems.change_system(scene.database, scene.vault, scene.root, first.id, again)
    assert len(changed.patterns) == 2


async def test_there_are_so_many_systems_and_no_more(scene: Scene) -> None:
    for number in range(SYSTEMS):
        await scene.register(ELSEWHERE, f"https://a.example/{number}/{{id}}")
    with pytest.raises(Invalid) as error:
        await scene.register(ELSEWHERE)
    assert wrong(error.value) == {"name": "too_many"}


async def test_a_connector_that_moves_is_not_shown_the_old_credential(scene: Scene, connector: Doubtful) -> None:
    system = await scene.register(ELSEWHERE)
    with pytest.raises(Invalid) as error:
        await _change(scene, system.id, connector=connector.url)
    assert wrong(error.value) == {"credential": "credential_needed"}
    await _change(scene, system.id, connector=connector.url, credential="another")
    await _change(scene, system.id, name="Renamed", connector=f"{connector.url}/below/")
    assert (await systems.try_system(scene.documents, scene.root, system.id)).reason is None
    [(path, _, headers)] = connector.asked
    assert (path, headers["authorization"]) == ("/below/cards", "Bearer another")


async def test_a_removed_system_leaves_plain_links(scene: Scene, personnel: Example) -> None:
    personnel.holds(entry("HR-118", GINA))
    system = await scene.register(personnel.url)
    assert (await scene.card(scene.gina, "HR-118")).state == "granted"
    await systems.remove_system(scene.database, scene.root, system.id)
    assert await cards.cards(scene.documents, scene.gina, [link("HR-118")]) == []
    with pytest.raises(UnknownDocumentSystem):
        await systems.remove_system(scene.database, scene.root, system.id)


async def test_a_test_says_that_the_example_answers_and_refuses_another_credential(
    scene: Scene, personnel: Example
) -> None:
    good = await scene.register(personnel.url)
    bad = await scene.register(personnel.url, "https://other.example.com/{id}", credential="wrong")
    assert (await systems.try_system(scene.documents, scene.root, good.id)).reason is None
    result = await systems.try_system(scene.documents, scene.root, bad.id)
    assert (result.reason, result.status) == ("credential_refused", 401)


async def test_what_was_told_is_not_read_to_list_the_systems(scene: Scene, connector: Doubtful) -> None:
    system = await scene.register(connector.url)
    await scene.database.execute(
        """
        INSERT INTO document_acknowledgements
            (id, system_id, document, version, person_id, email, acknowledged_at, not_before)
        SELECT gen_random_uuid(), $1, number, '1', $2, 'gina@example.com', now(), CASE number WHEN 7 THEN now() END
        FROM generate_series(1, 2000) AS number
        """,
        system.id,
        scene.gina.person_id,
    )
    await scene.database.execute("ANALYZE document_acknowledgements")
    async with scene.database.transaction() as transaction:
        [listed] = await store.described(transaction)
        read = await transaction.fetchval(
            """
            SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables
            WHERE relname = 'document_acknowledgements'
            """
        )
    assert (listed.untold, read) == (1, 1)


async def test_a_test_says_no_address_that_is_not_confirmed(scene: Scene, connector: Doubtful) -> None:
    system = await scene.register(connector.url)
    await scene.database.execute("UPDATE people SET email_confirmed_at = NULL WHERE id = $1", scene.root.person_id)
    with pytest.raises(EmailNotConfirmed):
        await systems.try_system(scene.documents, scene.root, system.id)
    assert connector.asked == []


async def test_who_runs_the_server_learns_of_credentials_that_the_key_does_not_fit(scene: Scene) -> None:
    await scene.register(ELSEWHERE, name="Orders")
    assert await unreadable_systems(scene.database, scene.vault) == []
    assert await unreadable_systems(scene.database, None) == ["Orders"]


async def _change(scene: Scene, system_id: Any, **given: Any) -> None:
    await systems.change_system(
        scene.database, scene.vault, scene.root, system_id, SystemChanges(**given), private_addresses=True
    )
