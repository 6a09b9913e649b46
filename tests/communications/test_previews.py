"""Before anything is sent one sees what a client would get, gets it oneself, and knows reach and cost."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from msgspec.structs import replace

from estafette.base.errors import Forbidden, Invalid, TooMany
from estafette.clients import GivenConsent, UnknownClient
from estafette.clients.actions import keeping
from estafette.communications.actions import estimating, previewing, settings, testing
from estafette.communications.models.audiences import (
    ClientsAudience,
    EveryoneAudience,
    SegmentAudience,
    SubscribersAudience,
)
from estafette.communications.models.communications import NewCommunication
from estafette.communications.models.content import Content, EmailText, PushText, SmsText, Texts
from estafette.communications.models.previews import CommunicationSettings, Preview, Price, WantedTest
from estafette.communications.models.schedules import Schedule
from tests.clients.scene import Register
from tests.world import ORIGIN, World

CONTENT = Content(
    default_language="en",
    texts={
        "en": Texts(
            email=EmailText(subject="For {{ name }}", text="**{{ attributes.city }}** by {{ organisation }}"),
            sms=SmsText(text="{{ name }} of {{ attributes.city }}"),
            push=PushText(title="New", text="Look"),
        ),
        "fr": Texts(sms=SmsText(text="Bonjour {{ name }}, les fenêtres")),
    },
)


@pytest_asyncio.fixture
async def register(world: World, tmp_path: Path) -> Register:
    made = Register(world, tmp_path / "files")
    await made.attributes()
    return made


async def look(
    register: Register, channel: Any = "sms", language: Any = None, client: Any = None, content: Content = CONTENT
) -> Preview:
    return await previewing.preview(register.database, register.root, content, channel, language, client, ORIGIN)


async def test_a_preview_shows_what_stands_where_and_how_much_room_it_takes(register: Register) -> None:
    nobody = await look(register)
    assert (nobody.text, nobody.encoding, nobody.segments) == ("Alex Morgan of ‹City›", "ucs2", 1)
    assert nobody.outside == ["‹", "›"]
    ada = await register.add("Ada", language="fr", attributes={"city": "Lyon"})
    found = await look(register, client=ada.id)
    assert (found.language, found.text, found.outside) == ("fr", "Bonjour Ada, les fenêtres", ["ê"])
    found = await look(register, language="en", client=ada.id)
    assert (found.text, found.encoding, found.characters, found.left) == ("Ada of Lyon", "gsm7", 11, 149)
    letter = await look(register, "email", client=ada.id)
    assert (letter.subject, letter.segments) == ("For Ada", None)
    assert "<strong>Lyon</strong> by Estafette" in (letter.html or "")
    assert (await look(register, "push")).subject == "New"


async def test_what_a_client_lacks_is_shown_and_named(register: Register) -> None:
    lacking = await register.add(email="zoe@example.com")
    found = await look(register, client=lacking.id)
    assert (found.text, found.missing) == ("‹name› of ‹attributes.city›", ["name", "attributes.city"])
    only = Content(default_language="en", texts={"en": Texts(sms=SmsText(text="{% if name %}Hi{% endif %}"))})
    assert (await look(register, client=lacking.id, content=only)).fault == "text_empty"


async def test_a_preview_refuses_what_cannot_be_read_and_clients_that_are_gone(
    register: Register, world: World
) -> None:
    broken = Content(default_language="en", texts={"en": Texts(sms=SmsText(text="{{ name"))})
    with pytest.raises(Invalid) as problem:
        await look(register, content=broken)
    assert str(problem.value) == "content.texts.en.sms.text: template_broken"
    with pytest.raises(Invalid) as problem:
        await look(register, "whatsapp")
    assert str(problem.value) == "content.texts.en.whatsapp: required"
    with pytest.raises(UnknownClient):
        await look(register, client=world.ann.person_id)
    with pytest.raises(Forbidden):
        await previewing.preview(world.database, world.ann, CONTENT, "sms", None, None, ORIGIN)


async def test_a_test_message_goes_to_who_asks_and_says_what_it_is(register: Register) -> None:
    ada = await register.add("Ada", attributes={"city": "Lyon"})
    wanted = WantedTest(content=CONTENT, channel="email", client_id=ada.id)
    sent = await testing.send_test(register.database, register.root, wanted, ORIGIN)
    row = await register.database.fetchrow("SELECT * FROM deliveries WHERE id = $1", sent.deliveries[0])
    assert row is not None
    assert (row["recipient"], row["subject"], row["owner_id"]) == (
        register.root.email,
        "[Test] For Ada",
        register.root.person_id,
    )
    assert not sent.carried
    with pytest.raises(Invalid) as problem:
        await testing.send_test(
            register.database, register.root, WantedTest(content=CONTENT, channel="sms", address="12"), ORIGIN
        )
    assert str(problem.value) == "address: phone_invalid"
    with pytest.raises(Invalid) as problem:
        await testing.send_test(register.database, register.root, WantedTest(content=CONTENT, channel="push"), ORIGIN)
    assert str(problem.value) == "channel: no_browser"


async def test_test_messages_have_a_limit(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(testing, "AN_HOUR", 1)
    wanted = WantedTest(content=CONTENT, channel="sms", address="+33612345678")
    await testing.send_test(register.database, register.root, wanted, ORIGIN)
    with pytest.raises(TooMany):
        await testing.send_test(register.database, register.root, wanted, ORIGIN)


async def some_clients(register: Register) -> None:
    refused = {"email": GivenConsent(given=False, source="Fair")}
    await register.add("Ada", email="ada@example.com", phone="+33612345601", attributes={"city": "Lyon"})
    await register.add("Bob" * 60, phone="+33612345602", attributes={"city": "Nice"})
    await register.add(
        "Cid", email="cid@example.com", phone="+33612345603", consents=refused, attributes={"city": "Metz"}
    )
    await register.add("Dan", email="dan@example.com", attributes={"city": "Metz"})


async def test_an_estimate_tells_whom_it_reaches_and_what_that_costs(register: Register) -> None:
    await some_clients(register)
    prices = [
        Price(channel="sms", currency="EUR", price="0.045"),
        Price(channel="email", currency="EUR", price="0.001"),
    ]
    await settings.put_settings(
        register.database, register.root, CommunicationSettings(organisation="ACME", prices=prices)
    )
    new = NewCommunication(channels=["email", "sms"], content=CONTENT, audience=EveryoneAudience())
    found = await estimating.estimate(register.database, register.root, new)
    email, sms = found.channels["email"], found.channels["sms"]
    assert found.clients == 4
    assert (email.reachable, email.refused, email.without_address, email.messages) == (2, 1, 1, 2)
    assert (sms.reachable, sms.messages, sms.segments, sms.cost, sms.currency) == (3, 3, 4, "0.18", "EUR")
    bare = await register.add("Eve", phone="+33612345604")
    with pytest.raises(Invalid) as problem:
        await estimating.estimate(register.database, register.root, new)
    assert str(problem.value) == "content: variable_missing"
    await keeping.erase_client(register.database, register.root, bare.id)
    ladder = NewCommunication(channels=["email", "sms"], mode="ladder", content=CONTENT, audience=EveryoneAudience())
    found = await estimating.estimate(register.database, register.root, ladder)
    sms = found.channels["sms"]
    assert (sms.messages, sms.most_messages, sms.cost, sms.most_cost) == (2, 3, "0.12", "0.18")


async def test_an_estimate_refuses_what_could_not_be_scheduled(register: Register) -> None:
    past = Schedule(send_at=register.database.clock.now() - timedelta(hours=1))
    gone, nobody = UUID(int=1), ClientsAudience(ids=[UUID(int=2)])
    for given, wrong in (
        ({"schedule": past}, "schedule.send_at: time_past"),
        ({"audience": nobody}, "audience.ids: unknown_clients"),
        ({"audience": SegmentAudience(segment_id=gone)}, "audience.segment_id: unknown"),
        ({"channels": ["push"]}, "audience: push_takes_no_clients"),
        ({"channels": ["whatsapp"]}, "content.texts.en.whatsapp: required"),
    ):
        new = replace(NewCommunication(channels=["sms"], content=CONTENT, audience=EveryoneAudience()), **given)
        with pytest.raises(Invalid) as problem:
            await estimating.estimate(register.database, register.root, new)
        assert str(problem.value) == wrong


async def test_an_estimate_of_a_broadcast_counts_subscribers(register: Register) -> None:
    new = NewCommunication(channels=["push"], content=CONTENT, audience=SubscribersAudience())
    found = await estimating.estimate(register.database, register.root, new)
    assert (found.clients, found.channels["push"].messages) == (0, 0)


async def test_the_organisation_has_a_name_and_prices_that_are_real(register: Register) -> None:
    wrong = CommunicationSettings(
        organisation=" ",
        prices=[Price(channel="sms", currency="ZZZ", price="-1"), Price(channel="sms", currency="EUR", price="NaN")],
    )
    with pytest.raises(Invalid) as problem:
        await settings.put_settings(register.database, register.root, wrong)
    assert {each.field for each in problem.value.fields} == {
        "organisation",
        "prices[0].price",
        "prices[0].currency",
        "prices[1].price",
        "prices",
    }
    one = Price(channel="sms", currency="EUR", price="0.0450")
    found = await settings.put_settings(
        register.database, register.root, CommunicationSettings(organisation="ACME", prices=[one])
    )
    assert found.prices == [Price(channel="sms", currency="EUR", price="0.045")]
    found = await settings.put_settings(register.database, register.root, CommunicationSettings(organisation="ACME"))
    assert (found.organisation, found.prices) == ("ACME", [])
