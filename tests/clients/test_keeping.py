"""Clients are kept one by one: who may, what is refused, what somebody else has changed, and what erasing leaves."""

from datetime import timedelta

import pytest

from estafette import accounts
from estafette.accounts import SignedIn
from estafette.base.errors import Forbidden, Invalid
from estafette.clients.actions import attributes, keeping, linking, looking
from estafette.clients.errors import ClientChanged, NoConfirmedAccount, UnknownAttribute, UnknownClient
from estafette.clients.models.attributes import AttributeChanges, NewAttribute
from estafette.clients.models.clients import ClientChanges, GivenConsent, NewClient
from tests.clients.scene import Register
from tests.world import again, sign_in


def faults(problem: "pytest.ExceptionInfo[Invalid]") -> dict[str, str]:
    return {each.field: each.code for each in problem.value.fields}


async def test_a_client_is_kept_as_it_is_given_with_numbers_and_consents_in_order(register: Register) -> None:
    made = await register.add(
        "  Zoé Lefèvre ",
        email="Zoe@Example.com",
        phone="06 12 34 56 78",
        time_zone="Europe/Paris",
        attributes={"city": "Lyon", "spent": 12.5, "since": "2026-05-17", "member": True, "tier": "gold"},
        consents={
            "email": GivenConsent(given=True, source="Web form"),
            "sms": GivenConsent(given=False, source="Call"),
        },
    )
    assert (made.name, made.email, made.phone) == ("Zoé Lefèvre", "Zoe@Example.com", "+33612345678")
    assert made.attributes == {"city": "Lyon", "spent": 12.5, "since": "2026-05-17", "member": True, "tier": "Gold"}
    assert (made.consented, made.refused) == (["email"], ["sms"])
    assert [(each.channel, each.given, each.source) for each in made.consents] == [
        ("sms", False, "Call"),
        ("email", True, "Web form"),
    ]
    assert made.consents[0].recorded_by is not None
    assert made.consents[0].recorded_by.name == "Root"


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        (NewClient(), {"name": "client_without_anything"}),
        (NewClient(name="\u202eevil"), {"name": "forbidden_character"}),
        (NewClient(name="a" * 201), {"name": "too_long"}),
        (NewClient(name="Zoé", email="nobody"), {"email": "email_invalid"}),
        (NewClient(name="Zoé", phone="123"), {"phone": "phone_invalid"}),
        (NewClient(name="Zoé", whatsapp="+1"), {"whatsapp": "phone_invalid"}),
        (NewClient(name="Zoé", time_zone="Europe/Atlantis"), {"time_zone": "time_zone_unknown"}),
        (NewClient(name="Zoé", attributes={"shoe": 41}), {"attributes.shoe": "attribute_unknown"}),
        (NewClient(name="Zoé", attributes={"spent": "much"}), {"attributes.spent": "wrong_type"}),
        (NewClient(name="Zoé", attributes={"spent": True}), {"attributes.spent": "wrong_type"}),
        (NewClient(name="Zoé", attributes={"spent": 1e300}), {"attributes.spent": "out_of_range"}),
        (NewClient(name="Zoé", attributes={"since": "2026-02-30"}), {"attributes.since": "date_invalid"}),
        (NewClient(name="Zoé", attributes={"tier": "Tin"}), {"attributes.tier": "choice_unknown"}),
        (NewClient(name="Zoé", attributes={"city": "x" * 501}), {"attributes.city": "too_long"}),
        (
            NewClient(name="Zoé", consents={"sms": GivenConsent(given=True, source=" ")}),
            {"consents.sms.source": "required"},
        ),
    ],
)
async def test_what_is_wrong_is_named_and_nobody_is_added(
    register: Register, given: NewClient, wrong: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as problem:
        await keeping.add_client(register.database, register.root, given)
    assert faults(problem) == wrong
    assert await register.names() == []


async def test_nobody_agrees_in_the_future(register: Register) -> None:
    later = register.database.clock.now() + timedelta(hours=1)
    with pytest.raises(Invalid) as problem:
        await register.add("Zoé", consents={"sms": GivenConsent(given=True, source="Call", at=later)})
    assert faults(problem) == {"consents.sms.at": "consent_in_the_future"}


async def test_an_external_id_belongs_to_one_client(register: Register) -> None:
    await register.add("Zoé", external_id="C-1")
    other = await register.add("Yves", external_id="C-2")
    with pytest.raises(Invalid) as problem:
        await register.add("Xavier", external_id="C-1")
    assert faults(problem) == {"external_id": "external_id_taken"}
    with pytest.raises(Invalid):
        await keeping.change_client(
            register.database, register.root, other.id, ClientChanges(revision=1, external_id="C-1")
        )
    assert await register.names() == ["Yves", "Zoé"]


async def test_what_is_not_mentioned_stays_and_an_older_look_changes_nothing(register: Register) -> None:
    made = await register.add("Zoé", email="zoe@example.com", attributes={"city": "Lyon", "spent": 3})
    changes = ClientChanges(revision=1, name="Zoé L.", attributes={"spent": None, "member": False})
    changed = await keeping.change_client(register.database, register.root, made.id, changes)
    assert (changed.name, changed.email, changed.revision) == ("Zoé L.", "zoe@example.com", 2)
    assert changed.attributes == {"city": "Lyon", "member": False}
    with pytest.raises(ClientChanged):
        await keeping.change_client(register.database, register.root, made.id, ClientChanges(revision=1, name="Old"))
    assert await register.names() == ["Zoé L."]


async def test_the_last_word_about_a_channel_counts_and_those_before_are_kept(register: Register) -> None:
    made = await register.add("Zoé")
    for given, source in ((True, "Web form"), (False, "STOP"), (True, "Call")):
        said = GivenConsent(given=given, source=source)
        made = await keeping.note_consent(register.database, register.root, made.id, "sms", said)
    assert (made.consented, made.refused) == (["sms"], [])
    assert [each.source for each in made.consents] == ["Call", "STOP", "Web form"]


async def test_an_erased_client_leaves_an_id_and_no_data(register: Register) -> None:
    made = await register.add(
        "Zoé", email="zoe@example.com", consents={"email": GivenConsent(given=True, source="Fair")}
    )
    await keeping.erase_client(register.database, register.root, made.id)
    with pytest.raises(UnknownClient):
        await looking.client(register.database, register.root, made.id)
    with pytest.raises(UnknownClient):
        await keeping.erase_client(register.database, register.root, made.id)
    assert await register.database.fetchval("SELECT count(*) FROM client_consents") == 0
    left = await register.database.fetchrow("SELECT * FROM client_erasures")
    assert left is not None
    assert dict(left).keys() == {"client_id", "erased_at", "erased_by"}
    assert left["client_id"] == made.id


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("zo", ["Zoé Lefèvre"]),
        ("LEFEVRE", ["Zoé Lefèvre"]),
        ("lefevre zoe", ["Zoé Lefèvre"]),
        ("oliver.example", ["Ольга"]),
        ("ОЛЬ", ["Ольга"]),
        ("6 12 34", ["Zoé Lefèvre"]),
        ("+33 6 12", ["Zoé Lefèvre"]),
        ("C-77", ["Ольга"]),
        ("5678", ["Zoé Lefèvre"]),
        ("zoe lyon", []),
        ("'); --", []),
        ("%", []),
    ],
)
async def test_clients_are_found_by_names_addresses_ids_and_numbers(
    register: Register, q: str, found: list[str]
) -> None:
    await register.add("Zoé Lefèvre", phone="+33612345678")
    await register.add("Ольга", email="olga@oliver.example", external_id="C-77")
    assert await register.names(q) == found


@pytest.mark.parametrize(("q", "code"), [("a\x94b", "forbidden_character"), ("a" * 121, "too_long")])
async def test_what_cannot_be_looked_for_is_refused_by_its_field(register: Register, q: str, code: str) -> None:
    with pytest.raises(Invalid) as problem:
        await register.names(q)
    assert faults(problem) == {"q": code}


async def test_the_list_goes_on_where_a_page_ended(register: Register) -> None:
    for name in ("Bea", "abel", "Ábel Two", "Carl", "Carl", "Dora Abel"):
        await register.add(name)
    for q, names in ((None, ["abel", "Ábel Two", "Bea", "Carl", "Carl", "Dora Abel"]),
                     ("abel", ["abel", "Ábel Two", "Dora Abel"])):  # fmt: skip
        seen: list[str] = []
        cursor = None
        while True:
            page = await looking.list_clients(register.database, register.root, q, None, cursor, 2)
            seen += [each.name for each in page.items]
            cursor = page.next
            if cursor is None:
                break
        assert seen == names


async def test_only_a_confirmed_address_links_an_account(register: Register) -> None:
    world = register.world
    await world.database.execute("UPDATE people SET email_confirmed_at = NULL WHERE email = 'ann@example.com'")
    made = await register.add("Ann", email="ANN@example.com")
    with pytest.raises(NoConfirmedAccount):
        await linking.link_account(register.database, register.root, made.id)
    await world.database.execute("UPDATE people SET email_confirmed_at = now() WHERE email = 'ann@example.com'")
    linked = await linking.link_account(register.database, register.root, made.id)
    assert linked.person is not None
    assert linked.person.id == world.ann.person_id
    twin = await register.add("Ann again", email="ann@example.com")
    with pytest.raises(NoConfirmedAccount):
        await linking.link_account(register.database, register.root, twin.id)
    changes = ClientChanges(revision=linked.revision, email="other@example.com")
    moved = await keeping.change_client(register.database, register.root, made.id, changes)
    assert moved.person is None


async def test_the_register_is_for_administrators_and_employees_with_the_role(register: Register) -> None:
    async def person(email: str, *roles: accounts.Role) -> SignedIn:
        added = await accounts.add_person(register.database, email, "Somebody", roles)
        return await again(register.database, added.id)

    allowed = [register.root, await person("comms@example.com", "employee", "communications")]
    # Whoever signed up with an address that is not theirs is no employee, whatever else they were given.
    refused = [register.world.ann, await person("stranger@example.com", "customer", "communications"),
               await sign_in(register.database, "staff@example.com", "Staff", "employee")]  # fmt: skip
    for who in allowed:
        assert (await looking.list_clients(register.database, who, None, None, None, 10)).items == []
    for who in refused:
        with pytest.raises(Forbidden):
            await looking.list_clients(register.database, who, None, None, None, 10)
    with pytest.raises(Forbidden):
        await attributes.add_attribute(register.database, allowed[1], NewAttribute(label="Shoe", kind="number"))


async def test_attributes_are_told_apart_by_name_and_key(register: Register) -> None:
    for new, wrong in (
        (NewAttribute(label="city", kind="text"), {"label": "attribute_label_taken"}),
        (NewAttribute(label="Town", key="city", kind="text"), {"key": "attribute_key_taken"}),
        (NewAttribute(label="Town", key="Größe", kind="text"), {"key": "attribute_key_invalid"}),
        (NewAttribute(label=" ", kind="text"), {"label": "required"}),
        (NewAttribute(label="Size", kind="choice"), {"choices": "required"}),
        (NewAttribute(label="Size", kind="choice", choices=["S", "s"]), {"choices": "choice_twice"}),
        (NewAttribute(label="Size", kind="text", choices=["S"]), {"choices": "choices_of_choice_alone"}),
    ):
        with pytest.raises(Invalid) as problem:
            await attributes.add_attribute(register.database, register.root, new)
        assert faults(problem) == wrong
    added = await attributes.add_attribute(register.database, register.root, NewAttribute(label="Размер", kind="text"))
    assert added.key == "attribute"
    renamed = await attributes.change_attribute(
        register.database, register.root, "city", AttributeChanges(label="Town", position=0)
    )
    assert (renamed.key, renamed.label) == ("city", "Town")
    assert (await attributes.list_attributes(register.database, register.root))[0].key == "city"


async def test_the_values_of_a_removed_attribute_go(register: Register) -> None:
    await register.add("Zoé", attributes={"city": "Lyon", "spent": 2})
    await attributes.remove_attribute(register.database, register.root, "city")
    with pytest.raises(UnknownAttribute):
        await attributes.remove_attribute(register.database, register.root, "city")
    while await attributes.clear_some_values(register.database):
        pass
    assert [each.attributes for each in await register.everybody()] == [{"spent": 2}]
    fresh = await attributes.add_attribute(register.database, register.root, NewAttribute(label="City", kind="number"))
    assert fresh.key == "city"
