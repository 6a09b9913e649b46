"""What the walk over every endpoint needs of communications: right inputs, and fresh targets."""

from typing import Any

from estafette.communications.actions import creating
from estafette.communications.models.audiences import EveryoneAudience
from estafette.communications.models.communications import NewCommunication
from estafette.communications.models.content import Content, SmsText, Texts
from tests.world import World

SAID: dict[str, Any] = {"default_language": "en", "texts": {"en": {"sms": {"text": "We open at eight."}}}}
_CONTENT = Content(default_language="en", texts={"en": Texts(sms=SmsText(text="We open at eight."))})


def communicated_bodies() -> dict[str, Any]:
    """Bodies by method and path."""
    new: dict[str, Any] = {"channels": ["sms"], "content": SAID, "audience": {"kind": "everyone"}}
    return {
        "POST /api/v1/communications": new,
        "PATCH /api/v1/communications/{communication_id}": {"revision": 1, "name": "Opening"},
    }


async def communicated_targets(world: World, path: str) -> dict[str, Any]:
    """What a path speaks of: a draft, or a communication with the client that it is for, made anew."""
    if "{communication_id}" not in path:
        return {}
    draft = NewCommunication(channels=["sms"], content=_CONTENT, audience=EveryoneAudience(), draft=True)
    return {"communication_id": (await creating.create(world.database, world.root, draft)).id}
