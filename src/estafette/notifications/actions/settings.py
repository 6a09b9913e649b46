"""What a person wants to be notified of, by which channel, and when not."""

from typing import Final
from uuid import UUID

from msgspec import UNSET

from estafette import presence
from estafette.accounts import SignedIn
from estafette.base.bus import event
from estafette.base.database import Database
from estafette.base.errors import invalid
from estafette.base.vault import Vault
from estafette.notifications.actions.notifying import DUE
from estafette.notifications.actions.reaching import look_up
from estafette.notifications.errors import UnsubscribeLinkUnknown
from estafette.notifications.models.notices import Kind
from estafette.notifications.models.settings import (
    ExceptionPut,
    NotificationSettings,
    RuleChange,
    SettingsChanges,
    TopicException,
    Unsubscription,
)
from estafette.notifications.rules import settings as rules
from estafette.notifications.rules.quiet import clock_time, is_disturbed_by_nobody
from estafette.notifications.rules.unsubscribing import read_unsubscribe_token
from estafette.notifications.rules.usual import with_differences
from estafette.notifications.store import settings as store
from estafette.notifications.store import steps

EXCEPTIONS: Final = 2_000


async def settings_of(database: Database, who: SignedIn) -> NotificationSettings:
    """All that one has settled, and by which channels one can be reached."""
    quiet = (await store.quiet_of(database, [who.person_id])).get(who.person_id)
    own = (await store.rules_of(database, [who.person_id])).get(who.person_id, [])
    reachable = await look_up(database, [who.person_id], database.clock.now())
    disturbed_by_nobody = quiet is not None and is_disturbed_by_nobody(quiet, database.clock.now())
    return NotificationSettings(
        quiet_from=clock_time(quiet.quiet_from) if quiet else None,
        quiet_until=clock_time(quiet.quiet_until) if quiet else None,
        do_not_disturb=disturbed_by_nobody,
        do_not_disturb_until=quiet.do_not_disturb_until if quiet and disturbed_by_nobody else None,
        rules=with_differences(own),
        reach=reachable.reach(who.person_id),
    )


async def change_settings(database: Database, who: SignedIn, changes: SettingsChanges) -> NotificationSettings:
    """Changes what was mentioned; raises Invalid with every wrong field."""
    async with database.transaction() as transaction:
        old = await store.lock(transaction, who.person_id)
        quiet = rules.changed_quiet(old, changes, transaction.clock.now())
        if quiet != old:
            await store.keep_quiet(transaction, who.person_id, quiet)
        if changes.do_not_disturb_until is not UNSET:
            await presence.put_do_not_disturb(transaction, who.person_id, changes.do_not_disturb_until)
        if quiet != old or changes.do_not_disturb_until is not UNSET:
            await steps.wake(transaction, [who.person_id])
            transaction.announce(event(DUE, None))
        own = (await store.rules_of(transaction, [who.person_id])).get(who.person_id, [])
        changed = rules.changed_rules(own, changes)
        if changed:
            await store.keep_rules(transaction, who.person_id, changed)
        for rule in changed:
            if not rule.enabled and rule.channel != "app":
                await store.drop_steps(transaction, who.person_id, rule.kind, rule.channel)
    return await settings_of(database, who)


def unsubscription_of(vault: Vault, token: str) -> Unsubscription:
    """What the link of an e-mail would end; raises UnsubscribeLinkUnknown."""
    return Unsubscription(kind=_read(vault, token)[1])


async def unsubscribe(database: Database, vault: Vault, token: str) -> None:
    """Ends the e-mails of one kind for whom a link was made; raises UnsubscribeLinkUnknown."""
    person_id, kind = _read(vault, token)
    changes = SettingsChanges(rules=[RuleChange(kind=kind, channel="email", enabled=False)])
    async with database.transaction() as transaction:
        own = (await store.rules_of(transaction, [person_id])).get(person_id, [])
        await store.keep_rules(transaction, person_id, rules.changed_rules(own, changes))
        await store.drop_steps(transaction, person_id, kind, "email")


def _read(vault: Vault, token: str) -> tuple[UUID, Kind]:
    found = read_unsubscribe_token(vault, token)
    if found is None:
        raise UnsubscribeLinkUnknown
    return found


async def exception_of(database: Database, who: SignedIn, topic_id: UUID) -> TopicException:
    """How much one is notified of a conversation."""
    return await store.exception_of(database, who.person_id, topic_id, database.clock.now())


async def put_exception(database: Database, who: SignedIn, topic_id: UUID, given: ExceptionPut) -> TopicException:
    """Settles how much one is notified of a conversation; what is still to come of it is not told. Raises Invalid."""
    rules.check_exception(given, database.clock.now())
    async with database.transaction() as transaction:
        if given.level == "all":
            await store.forget_exception(transaction, who.person_id, topic_id)
        else:
            await store.lock(transaction, who.person_id)
            if await store.count_exceptions(transaction, who.person_id) >= EXCEPTIONS:
                raise invalid("level", "too_many", max=EXCEPTIONS)
            await store.keep_exception(transaction, who.person_id, topic_id, given.level, given.until)
    return await exception_of(database, who, topic_id)
