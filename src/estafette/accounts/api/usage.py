"""What was used of the day's quotas."""

from estafette.accounts.actions import usage
from estafette.accounts.models.people import SignedIn
from estafette.accounts.models.usage import Usage, UsageOfAll
from estafette.base.database import Database
from estafette.base.quotas import Quotas
from estafette.http import get


@get("/me/usage", tags=["You"], summary="What you have used of today's quotas", operation_id="getMyUsage")
async def get_my_usage(database: Database, signed_in: SignedIn, quotas: Quotas) -> Usage:
    """Messages, deliveries and bytes; beyond a limit the answer is 429 until the day (of UTC) ends."""
    return await usage.own_usage(database, signed_in, quotas)


@get("/usage", tags=["People"], summary="Who has used most of today's quotas", operation_id="getUsage")
async def get_usage(database: Database, signed_in: SignedIn, quotas: Quotas) -> UsageOfAll:
    """For administrators; with the room on the server's disk."""
    return await usage.usage_of_all(database, signed_in, quotas)
