"""What one wants to be notified of, by which channel, and when not."""

from uuid import UUID

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.vault import Vault
from estafette.http import get, patch, post, put
from estafette.notifications.actions import settings
from estafette.notifications.models.settings import (
    ExceptionPut,
    NotificationSettings,
    SettingsChanges,
    TopicException,
    Unsubscription,
)

TAGS = ["Notifications"]


@get(
    "/me/notification-settings",
    tags=TAGS,
    summary="What you are told of",
    operation_id="getNotificationSettings",
)
async def get_settings(database: Database, signed_in: SignedIn) -> NotificationSettings:
    """Rules by kind and channel, quiet hours (HH:MM in your zone), and by which channels you can be reached."""
    return await settings.settings_of(database, signed_in)


@patch(
    "/me/notification-settings",
    tags=TAGS,
    summary="Change what you are told of",
    operation_id="changeNotificationSettings",
)
async def change_settings(database: Database, signed_in: SignedIn, data: SettingsChanges) -> NotificationSettings:
    """What is not mentioned stays. A delay is the number of seconds in which it was not seen; null ends quiet hours.

    `do_not_disturb_until` is by the server's clock, which the `Date` of every answer tells: a client adds to that one
    what it wants to last "for an hour", since its own clock may be hours off.
    """
    return await settings.change_settings(database, signed_in, data)


@get(
    "/me/notification-exceptions/{topic_id}",
    tags=TAGS,
    summary="How much you hear of a conversation",
    operation_id="getNotificationException",
)
async def get_exception(database: Database, signed_in: SignedIn, topic_id: UUID) -> TopicException:
    """`all`, only in the `app`, or `nothing`."""
    return await settings.exception_of(database, signed_in, topic_id)


@put(
    "/me/notification-exceptions/{topic_id}",
    tags=TAGS,
    summary="Settle how much you hear of a conversation",
    operation_id="putNotificationException",
)
async def put_exception(database: Database, signed_in: SignedIn, topic_id: UUID, data: ExceptionPut) -> TopicException:
    """`all`, only in the `app`, or `nothing`; the latter two `until` a time, or for good.

    `until` is by the server's clock, which the `Date` of every answer tells.
    """
    return await settings.put_exception(database, signed_in, topic_id, data)


@get(
    "/unsubscribe/{token}",
    tags=TAGS,
    summary="What the link of an e-mail ends",
    operation_id="getUnsubscription",
)
async def get_unsubscription(vault: Vault, token: str) -> Unsubscription:
    """For a page that asks before it ends anything: programs open links of e-mails by themselves. Needs no sign-in."""
    return settings.unsubscription_of(vault, token)


@post(
    "/unsubscribe/{token}",
    status=204,
    tags=TAGS,
    summary="No more e-mails of a kind",
    operation_id="unsubscribe",
)
async def unsubscribe(database: Database, vault: Vault, token: str) -> None:
    """The link of an e-mail (RFC 8058, one click): ends the e-mails of its kind. Needs no sign-in."""
    await settings.unsubscribe(database, vault, token)
