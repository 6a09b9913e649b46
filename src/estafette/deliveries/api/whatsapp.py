"""Templates of WhatsApp over HTTP, for those who write communications."""

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.deliveries.actions import whatsapp_templates
from estafette.deliveries.models.whatsapp import WhatsAppTemplates
from estafette.http import get, post

TAGS = ["Gateways"]


@get("/whatsapp-templates", tags=TAGS, summary="WhatsApp templates", operation_id="listWhatsAppTemplates")
async def list_templates(database: Database, signed_in: SignedIn) -> WhatsAppTemplates:
    """For administrators and those with the role `communications`: what Meta has of each gateway, and its state."""
    return await whatsapp_templates.list_templates(database, signed_in)


@post(
    "/whatsapp-templates/refresh",
    status=202,
    tags=TAGS,
    summary="Fetch WhatsApp templates now",
    operation_id="refreshWhatsAppTemplates",
)
async def refresh_templates(database: Database, signed_in: SignedIn) -> WhatsAppTemplates:
    """They are fetched every hour without it. Answered with what is known so far: look again in a moment."""
    return await whatsapp_templates.ask_for_templates(database, signed_in)
