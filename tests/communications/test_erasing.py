"""What is known of an erased client is forgotten by whatever carried messages to it, too."""

from estafette.clients import NewClient, add_clients
from estafette.clients.actions import keeping
from estafette.communications.models.audiences import EveryoneAudience
from estafette.communications.models.content import Content, Texts, WhatsAppText
from estafette.deliveries.models.messages import Accepted, ClaimedMessage, Refused
from tests.communications.scene import Scene

SAID = Content(default_language="en", texts={"en": Texts(whatsapp=WhatsAppText(text="We open."))})
ANNA = "+33612345601"


async def submitted(scene: Scene) -> ClaimedMessage:
    """A message to Anna that is being submitted."""
    await add_clients(scene.database, scene.root, [NewClient(name="Anna", whatsapp=ANNA)])
    await scene.create(channels=["whatsapp"], content=SAID, audience=EveryoneAudience())
    await scene.work()
    [claimed] = await scene.claim()
    return claimed


async def erase(scene: Scene) -> None:
    await keeping.erase_client(scene.database, scene.root, await scene.database.fetchval("SELECT id FROM clients"))
    await scene.world.react()


async def test_how_whatsapp_called_an_erased_client_is_forgotten(scene: Scene) -> None:
    claimed = await submitted(scene)
    await scene.engine.record((claimed, Accepted(provider_ids=("x",), recipient_id="33612345601")))
    await erase(scene)
    assert await scene.database.fetch("SELECT * FROM whatsapp_ids") == []


async def test_what_is_answered_after_somebody_was_erased_is_noted_of_nobody(scene: Scene) -> None:
    claimed = await submitted(scene)
    await erase(scene)
    unwanted = Refused(kind="operator", permanent=True, code="unsubscribed", reason="no more", suppress=True)
    await scene.engine.record((claimed, unwanted))
    assert await scene.database.fetch("SELECT * FROM suppressions") == []
    await scene.engine.record((claimed, Accepted(provider_ids=("x",), recipient_id="33612345601")))
    assert await scene.database.fetch("SELECT * FROM whatsapp_ids") == []
