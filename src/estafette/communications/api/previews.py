"""Looking at a communication before it is sent: previews, test messages, estimates; what they are based on."""

from typing import Final

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.communications.actions import estimating, previewing, settings, testing
from estafette.communications.models.communications import NewCommunication
from estafette.communications.models.previews import (
    CommunicationSettings,
    Estimate,
    Preview,
    PreviewWanted,
    SentTest,
    WantedTest,
)
from estafette.http import get, post, put

TAGS: Final = ["Communications"]
MAX_BODY: Final = 8 * 1024 * 1024


@post(
    "/communications/preview",
    status=200,
    max_body=MAX_BODY,
    tags=TAGS,
    summary="Preview a communication",
    operation_id="previewCommunication",
)
async def preview(database: Database, signed_in: SignedIn, process: Settings, data: PreviewWanted) -> Preview:
    """As a client would get it by one channel, or somebody who has everything; 422 for a text that is not sound."""
    return await previewing.preview(
        database, signed_in, data.content, data.channel, data.language, data.client_id, process.origin
    )


@post(
    "/communications/test",
    status=202,
    max_body=MAX_BODY,
    tags=TAGS,
    summary="Send a test message",
    operation_id="testCommunication",
)
async def send_test(database: Database, signed_in: SignedIn, process: Settings, data: WantedTest) -> SentTest:
    """To an address or, by push, to one's own browsers; at most 20 in an hour. The subject of an e-mail says so."""
    return await testing.send_test(database, signed_in, data, process.origin)


@post(
    "/communications/estimate",
    status=200,
    max_body=MAX_BODY,
    tags=TAGS,
    summary="Estimate a communication",
    operation_id="estimateCommunication",
)
async def estimate(database: Database, signed_in: SignedIn, data: NewCommunication) -> Estimate:
    """Whom it would reach by each channel, were it sent now, in how many segments and at what cost.

    What would keep it from being scheduled is told as if it were: 422.
    """
    return await estimating.estimate(database, signed_in, data)


@get(
    "/communication-settings",
    tags=TAGS,
    summary="The name of the organisation and prices",
    operation_id="getCommunicationSettings",
)
async def get_settings(database: Database, signed_in: SignedIn) -> CommunicationSettings:
    """As texts call the organisation, and what a message costs by each channel of which that is known."""
    return await settings.get_settings(database, signed_in)


@put(
    "/communication-settings",
    tags=TAGS,
    summary="Change the name of the organisation and prices",
    operation_id="putCommunicationSettings",
)
async def put_settings(database: Database, signed_in: SignedIn, data: CommunicationSettings) -> CommunicationSettings:
    """For administrators. A price is that of one message, of text messages of one segment; estimates use it."""
    return await settings.put_settings(database, signed_in, data)
