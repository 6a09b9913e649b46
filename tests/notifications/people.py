"""What tests of notifications look at: bells, ladders, and what goes out."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from estafette import deliveries
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.vault import Vault
from estafette.deliveries import GatewayInput
from estafette.main.renderers import RENDERERS
from estafette.notifications import SYSTEM_OWNER
from estafette.notifications.actions import listing, settings
from estafette.notifications.models.lists import Notification
from estafette.notifications.models.settings import RuleChange, SettingsChanges
from tests import browsers
from tests.world import World


async def bell(world: World, who: SignedIn, *, unread: bool | None = True) -> list[Notification]:
    """What somebody's bell shows, newest first."""
    found = await listing.list_notifications(world.database, RENDERERS, who, unread=unread, before=None, limit=50)
    return found.items


async def titles(world: World, who: SignedIn) -> list[str]:
    return [each.title for each in await bell(world, who)]


async def sent(database: Database, channel: str = "email") -> list[Any]:
    """What the server has sent by a channel: `recipient, subject, text, html, options`, in its order."""
    return await database.fetch(
        "SELECT recipient, subject, text, html, options FROM deliveries WHERE owner_id = $1 AND channel = $2 "
        "ORDER BY id",
        SYSTEM_OWNER,
        channel,
    )


async def recipients(database: Database, channel: str = "email") -> list[str]:
    return [row["recipient"] for row in await sent(database, channel)]


async def mail_gateway(database: Database, channels: Sequence[Any] = ("email", "sms")) -> None:
    """A gateway for e-mails and text messages; no worker carries what waits for it."""
    gateway = GatewayInput(name="Folder", transport="folder", channels=list(channels))
    await deliveries.make_gateway(database, Vault(bytes(32)), gateway)


async def wait(world: World, **how_long: float) -> None:
    """Time passes, and the worker does what is due."""
    world.database.clock.move(timedelta(**how_long))
    await world.run_due_steps()


async def choose(world: World, who: SignedIn, *rules: tuple[Any, Any, bool, int], **quiet: Any) -> None:
    """Somebody settles (kind, channel, enabled, delay)."""
    changes = [
        RuleChange(kind=kind, channel=channel, enabled=enabled, delay_seconds=delay)
        for kind, channel, enabled, delay in rules
    ]
    await settings.change_settings(world.database, who, SettingsChanges(rules=changes, **quiet))


async def browser_of(world: World, who: SignedIn) -> UUID:
    """A browser of somebody that wants to be told."""
    return await browsers.browser_of(world.database, who.person_id)
