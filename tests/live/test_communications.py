"""Who watches a communication sees it go on: from a draft, through a worker, until its end."""

from typing import Any

from estafette import communications
from estafette.accounts import SignedIn
from estafette.clients import NewClient, add_clients
from estafette.communications import ClientsAudience, Content, NewCommunication, SmsText, Texts
from estafette.communications.actions import changing
from tests.live.client import LiveClient, Reader
from tests.processes import Site
from tests.waiting import eventually

CONTENT = Content(default_language="en", texts={"en": Texts(sms=SmsText(text="We open at eight."))})


async def live(here: Site, who: SignedIn) -> LiveClient:
    return LiveClient(Reader(here.http, here.webs[0].url, await here.token(who)))


def told(client: LiveClient) -> list[Any]:
    """Each state that a client was told, with its totals."""
    return [(each["state"], each["totals"]) for each in client.frames if each["type"] == "communication"]


async def test_a_communication_is_watched_on_its_way_by_those_with_the_role(here: Site) -> None:
    world = here.world
    await add_clients(world.database, world.root, [NewClient(name="Zoe", phone="+33612345678")])
    zoe = await world.database.fetchval("SELECT id FROM clients WHERE name = 'Zoe'")
    draft = NewCommunication(channels=["sms"], content=CONTENT, audience=ClientsAudience(ids=[zoe]), draft=True)
    made = await communications.create(world.database, world.root, draft)
    root, claire = await live(here, world.root), await live(here, world.claire)
    async with root.connected(), claire.connected():
        for each in (root, claire):
            await each.say({"type": "watch", "conversation": str(made.id)})
        await claire.until("left", conversation=str(made.id))
        await eventually(lambda: told(root) == [("draft", {})])
        await changing.schedule(world.database, world.root, made.id)
        # Nothing carries it here. What is between may be over before the second in which it would be told.
        await eventually(lambda: told(root)[-1] == ("completed", {"sms": {"SYSTEM_ERROR": 1}}), lambda: told(root))
    assert told(claire) == []
