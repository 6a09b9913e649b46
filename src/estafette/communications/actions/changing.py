"""Communications are moved and edited before they begin, and a little while they are paused; drafts come and go."""

from typing import Any, Final
from uuid import UUID

from msgspec import UNSET
from msgspec.structs import asdict, replace

from estafette.accounts import Form, SignedIn, folded
from estafette.base.database import Database, Transaction
from estafette.clients import require_communications
from estafette.communications.actions import audiences
from estafette.communications.actions.creating import announce, scheduled
from estafette.communications.actions.looking import existing, told
from estafette.communications.actions.readiness import check_texts
from estafette.communications.errors import (
    CommunicationChanged,
    HasBegun,
    HasEnded,
    IsPaused,
    NotADraft,
    UnknownCommunication,
)
from estafette.communications.models.audiences import ClientsAudience
from estafette.communications.models.communications import Communication, CommunicationChanges, NewCommunication
from estafette.communications.models.rows import CommunicationRow
from estafette.communications.rules import checking
from estafette.communications.rules.naming import name_from
from estafette.communications.store import communications as store
from estafette.communications.store import lists

_BEFORE: Final = frozenset(("draft", "scheduled"))
_BEGUN: Final = frozenset(("preparing", "running"))
_SAID: Final = ("name", "kind", "channels", "mode", "content", "schedule")
_OPEN_WHILE_PAUSED: Final = frozenset(("name", "content", "schedule"))


async def change(
    database: Database, who: SignedIn, communication_id: UUID, changes: CommunicationChanges
) -> Communication:
    """Changes what was mentioned, in a draft without asking whether it is whole.

    What has begun is changed while it is paused, for what has not been handed over yet. Raises Forbidden,
    UnknownCommunication, CommunicationChanged, HasBegun, IsPaused, HasEnded and Invalid.
    """
    require_communications(who)
    async with database.transaction() as transaction:
        old = await locked(transaction, communication_id, changes.revision)
        if old.state in _BEFORE or (old.state == "paused" and old.started_at is None):
            new = await _changed_before(transaction, who, old, changes)
        elif old.state == "paused":
            new = await _changed_while_paused(transaction, old, changes)
        else:
            raise (HasBegun if old.state in _BEGUN else HasEnded)(state=old.state)
        await _store(transaction, old, new)
        return await told(transaction, await existing(transaction, old.id))


async def schedule(
    database: Database, who: SignedIn, communication_id: UUID, revision: int | None = None
) -> Communication:
    """Schedules a draft, if it is whole and its time is to come.

    Raises Forbidden, UnknownCommunication, CommunicationChanged, NotADraft and Invalid.
    """
    require_communications(who)
    async with database.transaction() as transaction:
        old = await locked(transaction, communication_id, revision)
        if old.state != "draft":
            raise NotADraft(state=old.state)
        wanted = await _wanted(transaction, old, None)
        with Form() as form:
            checking.check_limits(form, wanted, transaction.clock.now())
            checking.check_whole(form, wanted)
        await audiences.check_kept(transaction, old.audience)
        await _store(transaction, old, await scheduled(transaction, old, wanted))
        return await told(transaction, await existing(transaction, old.id))


async def locked(transaction: Transaction, communication_id: UUID, revision: int | None = None) -> CommunicationRow:
    """A communication that nobody else changes or begins now.

    Raises UnknownCommunication and, for another revision than the one given, CommunicationChanged.
    """
    found = await store.lock(transaction, communication_id)
    if found is None:
        raise UnknownCommunication
    if revision is not None and found.revision != revision:
        raise CommunicationChanged(revision=found.revision)
    return found


async def _changed_before(
    transaction: Transaction, who: SignedIn, old: CommunicationRow, changes: CommunicationChanges
) -> CommunicationRow:
    wanted = await _wanted(transaction, old, changes)
    is_draft = old.state == "draft"
    with Form() as form:
        name = checking.check_limits(form, wanted, transaction.clock.now())
        if not is_draft:
            checking.check_whole(form, wanted)
    new = replace(old, **{each: getattr(wanted, each) for each in _SAID} | {"name": _name(name, wanted)})
    # An editor that saves the whole does not have the same list made again each time.
    if changes.audience is not UNSET and not await _same_audience(transaction, old, wanted):
        kept = await audiences.keep(transaction, who.person_id, changes.audience, draft=is_draft)
        new = replace(new, audience=kept.audience, segment_id=kept.segment_id, list_id=kept.list_id)
    if is_draft:
        return new
    # Of what was paused before it began nobody got anything: it waits for its resumption as it did.
    moved = await scheduled(transaction, new, wanted, moved=wanted.schedule != old.schedule)
    return replace(moved, state=old.state)


async def _changed_while_paused(
    transaction: Transaction, old: CommunicationRow, changes: CommunicationChanges
) -> CommunicationRow:
    wanted = await _wanted(transaction, old, changes)
    kept = replace(old.schedule, per_minute=wanted.schedule.per_minute, quiet=wanted.schedule.quiet)
    others = {each for each in _SAID if getattr(wanted, each) != getattr(old, each)} - _OPEN_WHILE_PAUSED
    if (
        others
        or wanted.schedule != kept
        or (changes.audience is not UNSET and not await _same_audience(transaction, old, wanted))
    ):
        raise IsPaused(state=old.state)
    with Form() as form:
        name = checking.check_limits(form, wanted, transaction.clock.now())
    if wanted.content != old.content:
        await check_texts(transaction, wanted, old.audience)
    return replace(old, name=_name(name, wanted), content=wanted.content, schedule=kept)


async def _wanted(
    transaction: Transaction, old: CommunicationRow, changes: CommunicationChanges | None
) -> NewCommunication:
    """The whole that somebody wants, as if it were new."""
    given: dict[str, Any] = {} if changes is None else asdict(changes)
    values = {each: given[each] if given.get(each, UNSET) is not UNSET else getattr(old, each) for each in _SAID}
    audience = given.get("audience", UNSET)
    if audience is UNSET:
        audience = await audiences.shown(transaction, old.audience)
    return NewCommunication(**values, audience=audience)


async def _same_audience(transaction: Transaction, old: CommunicationRow, wanted: NewCommunication) -> bool:
    shown = await audiences.shown(transaction, old.audience)
    if isinstance(shown, ClientsAudience) and isinstance(wanted.audience, ClientsAudience):
        return set(shown.ids) == set(wanted.audience.ids)
    return wanted.audience in (old.audience, shown)


async def _store(transaction: Transaction, old: CommunicationRow, new: CommunicationRow) -> None:
    await store.update(transaction, new, folded(new.name), transaction.clock.now())
    if old.list_id is not None and old.list_id != new.list_id:
        await lists.delete_unused(transaction, old.list_id)
    announce(transaction, new.id)


def _name(name: str, wanted: NewCommunication) -> str:
    return name or name_from(wanted.content)
