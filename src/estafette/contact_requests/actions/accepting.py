"""Accepting: requests that come at the same time in one process are stored and counted in one commit.

With a request goes its change on the partner's stream, and what is due because of it: the partner will hear of it.

A batch takes eleven short statements, not one as with messages and deliveries: profiles, limits, quotas and changes are
each kept by somebody else behind a verb, and no statement stands out: each takes little more than its round trip.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from estafette import accounts
from estafette.base import changes, quotas
from estafette.base.database import Database, Transaction
from estafette.base.errors import Problem
from estafette.base.group_commit import GroupCommit, in_a_transaction
from estafette.base.idempotency import KeyReused
from estafette.base.quotas import Quotas, Used
from estafette.contact_requests.actions.judging import check, judge
from estafette.contact_requests.models.requests import ContactRequest, NewRequest, Visitor
from estafette.contact_requests.rules.periods import day_of
from estafette.contact_requests.rules.requests import REPEATED, said, weight
from estafette.contact_requests.store import accepting as store
from estafette.contact_requests.store import requests, rows

REQUESTED: Final = "contact_requested"

Outcome = ContactRequest | Problem
Key = tuple[UUID, str]


class Acceptor:
    """Accepts contact requests, those of one process together."""

    def __init__(self, database: Database, limits: Quotas | None = None) -> None:
        self._database = database
        self._quotas = limits or Quotas()
        self._group = GroupCommit(in_a_transaction(database, partial(accept_all, limits=self._quotas)))

    async def accept(self, new: NewRequest) -> ContactRequest:
        """Stores a request and returns it; a retry with the same key returns the first one.

        Raises Invalid with every wrong field, TooMany, KeyReused, QuotaExceeded, DiskFull and Unavailable; when the
        database is lost, the outcome is not known: retry with the key then.
        """
        self._quotas.check_disk()
        return await self._group.put(new)

    async def check(self, new: NewRequest, asked: Visitor) -> str:
        """Refuses what `accept` would refuse once there is an account, and tells the phone number it would store.

        Raises Invalid with every wrong field, TooMany and DiskFull. Nothing is stored or counted.
        """
        self._quotas.check_disk()
        return await check(self._database, new, asked)


async def accept_all(
    transaction: Transaction, news: Sequence[NewRequest], limits: Quotas | None = None
) -> list[Outcome]:
    """Stores requests in the caller's transaction; each gets itself, its first one, or its problem.

    Without `limits` they are counted as messages of the day, and none is too much.
    """
    first: dict[Key, Outcome] = {**await _stored_before(transaction, news)}
    indexes = _indexes_to_store(news, first.keys())
    fresh = [news[index] for index in indexes]
    outcomes = dict(
        zip(indexes, await _store(transaction, fresh, await judge(transaction, fresh, limits)), strict=True)
    )
    first |= {key: outcomes[index] for index in indexes if (key := _key(news[index])) is not None}
    return [
        outcomes[index] if index in outcomes else _first_answer(new, first[new.person.id, new.key or ""])
        for index, new in enumerate(news)
    ]


def _key(new: NewRequest) -> Key | None:
    return None if new.key is None else (new.person.id, new.key)


async def _stored_before(transaction: Transaction, news: Sequence[NewRequest]) -> dict[Key, ContactRequest]:
    keys = list({key: None for new in news if (key := _key(new)) is not None})
    found = await requests.by_keys(transaction, keys) if keys else []
    return {(row["person_id"], row["key"]): rows.request(row) for row in found}


def _indexes_to_store(news: Sequence[NewRequest], known: Collection[Key]) -> list[int]:
    seen = set(known)
    indexes: list[int] = []
    for index, new in enumerate(news):
        key = _key(new)
        if key is None or key not in seen:
            indexes.append(index)
        if key is not None:
            seen.add(key)
    return indexes


async def _store(transaction: Transaction, news: Sequence[NewRequest], judged: Sequence[Outcome]) -> list[Outcome]:
    """Numbers, counts and stores what may be stored; what repeats a first request of the same day is marked."""
    sound = {index: each for index, each in enumerate(judged) if isinstance(each, ContactRequest)}
    if not sound:
        return [*judged]
    # First of all: whoever answers a request holds their count, too, before the stream of the partner.
    await quotas.store_used(transaction, _used(sound.values()))
    # From here on nobody else stores anything for these partners: repeats are seen, and counts are right.
    await changes.advance_all(transaction, [(each.partner_id, REQUESTED, each.id) for each in sound.values()])
    zones = await accounts.partner_zones(transaction, {each.partner_id for each in sound.values()})
    now = next(iter(sound.values())).created_at
    pairs = list({(each.person.id, each.advert.id): None for each in sound.values()})
    first = await store.first_requests(transaction, pairs, now - REPEATED)
    for index, each in sound.items():
        earlier = first.setdefault((each.person.id, each.advert.id), each.id)
        if earlier != each.id:
            sound[index] = replace(each, repeat_of=earlier)
    entries = [(each, news[index].key, day_of(now, zones[each.partner_id])) for index, each in sound.items()]
    await store.insert(transaction, entries, now)
    return [sound.get(index, each) for index, each in enumerate(judged)]


def _used(requests: Iterable[ContactRequest]) -> dict[UUID, Used]:
    used: dict[UUID, Used] = {}
    for each in requests:
        used[each.person.id] = used.get(each.person.id, Used()) + weight(each.message)
    return used


def _first_answer(new: NewRequest, first: Outcome) -> Outcome:
    return first if isinstance(first, Problem) or _same(new, first) else KeyReused()


def _same(new: NewRequest, first: ContactRequest) -> bool:
    """Whether a retry asks for what was asked for at first."""
    return (
        not new.wrong
        and (new.partner_id is None or new.partner_id == first.partner_id)
        and (new.advert_id == first.advert.id or new.reference == first.advert.reference)
        and (new.profile_id is None or new.profile_id == first.profile_id)
        and (said(new.message), new.starts_at) == (first.message, first.starts_at)
    )
