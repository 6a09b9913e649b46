"""A variable that clients do not have is told before anything is scheduled: how many lack it, and who."""

from pathlib import Path

import pytest
import pytest_asyncio

from estafette.base.errors import Invalid
from estafette.clients import AttributeRule, GivenConsent, Group, NewSegment, add_segment
from estafette.communications.actions import creating
from estafette.communications.actions.missing import missing_variables
from estafette.communications.models.audiences import EveryoneAudience, SegmentAudience
from estafette.communications.models.communications import NewCommunication
from estafette.communications.models.content import Content, EmailText, SmsText, Texts
from tests.clients.scene import Register
from tests.world import World


@pytest_asyncio.fixture
async def register(world: World, tmp_path: Path) -> Register:
    made = Register(world, tmp_path / "files")
    await made.attributes()
    return made


CONTENT = Content(
    default_language="en",
    texts={
        "en": Texts(sms=SmsText(text="{{ name }} of {{ attributes.city }}"), email=EmailText(subject="x", text="y")),
        "fr": Texts(sms=SmsText(text="{{ attributes.tier }}{% if name %}{{ name }}{% endif %}")),
    },
)


async def test_each_variable_tells_how_many_lack_it_where_it_stands(register: Register) -> None:
    lacking = await register.add("Ada", phone="+33612345601", attributes={"tier": "Gold"})
    nameless = await register.add(phone="+33612345602", attributes={"city": "Lyon"})
    french = await register.add("Zoé", phone="+33612345603", language="fr", attributes={"city": "Lyon"})
    await register.add("Pia", phone="+33612345604", language="pt", attributes={"city": "Lyon"})
    await register.add("Without a phone", email="a@example.com")
    refused = {"sms": GivenConsent(given=False, source="Fair")}
    await register.add("Refused", phone="+33612345605", consents=refused)
    found = await missing_variables(register.database, CONTENT, ["sms", "email"], EveryoneAudience())
    assert {each.variable: (each.clients, each.some) for each in found} == {
        "name": (1, [nameless.id]),
        "attributes.city": (1, [lacking.id]),
        "attributes.tier": (1, [french.id]),
    }
    lyon = Group(rules=[AttributeRule(key="city", comparison="is", value="Lyon")])
    made = await add_segment(register.database, register.root, NewSegment(name="Lyon", filter=lyon))
    found = await missing_variables(register.database, CONTENT, ["sms"], SegmentAudience(segment_id=made.id))
    assert [each.variable for each in found] == ["name", "attributes.tier"]


async def test_the_first_of_them_are_named(register: Register) -> None:
    made = [await register.add(f"Client {number}", phone=f"+336123456{number:02}") for number in range(3)]
    [city] = await missing_variables(register.database, CONTENT, ["sms"], EveryoneAudience(), limit=2)
    assert (city.clients, city.some) == (3, sorted(each.id for each in made)[:2])


async def test_nothing_is_scheduled_meanwhile(register: Register) -> None:
    client = await register.add("Ada", phone="+33612345601")
    new = NewCommunication(channels=["sms"], content=CONTENT, audience=EveryoneAudience())
    with pytest.raises(Invalid) as problem:
        await creating.create(register.database, register.root, new)
    [wrong] = problem.value.fields
    assert (wrong.field, wrong.code) == ("content", "variable_missing")
    assert wrong.values == {"variable": "attributes.city", "count": 1}
    assert wrong.told == {**wrong.values, "ids": [str(client.id)]}
    assert await register.database.fetchval("SELECT count(*) FROM communications") == 0
