"""Whether a communication can be scheduled: its texts, what its clients lack, and its time."""

from uuid import UUID

from estafette.base.database import Queries, Transaction
from estafette.base.errors import FieldError, Invalid, invalid
from estafette.clients import known_attributes
from estafette.communications.actions.missing import check_missing
from estafette.communications.models.audiences import Audience
from estafette.communications.models.communications import NewCommunication
from estafette.communications.models.content import Content
from estafette.communications.rules.contents import check_content
from estafette.communications.store import reachable
from estafette.deliveries import check_template


async def check_texts(queries: Queries, new: NewCommunication, audience: Audience) -> None:
    """Makes sure that there is something to say to everybody whom it is for, as it is stored; raises Invalid."""
    check_content(new.content, new.channels, await known_attributes(queries))
    await check_missing(queries, new.content, new.channels, audience)
    if "whatsapp" in new.channels:
        await _check_templates(queries, new.content)


async def _check_templates(queries: Queries, content: Content) -> None:
    """Makes sure that a gateway can send the templates that are named; raises Invalid."""
    wrong: list[FieldError] = []
    for language, texts in content.texts.items():
        said = texts.whatsapp
        if said is not None and said.template is not None:
            field = f"content.texts.{language}.whatsapp.template"
            media = said.media is not None
            fault = await check_template(queries, field, said.template, language, len(said.variables), media=media)
            wrong += [fault] if fault else []
    if wrong:
        raise Invalid(*wrong)


async def check_reachable(transaction: Transaction, new: NewCommunication, client_id: UUID) -> None:
    """Makes sure that the one client of a message can be reached; raises Invalid."""
    addresses, refused = await reachable.channels(transaction, client_id)
    among = [each for each in new.channels if each in addresses]
    if not among:
        raise invalid("audience", "client_without_address")
    if all(each in refused for each in among):
        raise invalid("audience", "client_refused")
