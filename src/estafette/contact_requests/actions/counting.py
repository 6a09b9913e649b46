"""Counting: how many requests came, in all and by advert, day, week or month."""

from itertools import groupby

from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.contact_requests.actions.entering import enter
from estafette.contact_requests.models.counts import AdvertCount, CountGroup, CountQuestion, Grouping, RequestCounts
from estafette.contact_requests.rules.periods import check_period, group_of
from estafette.contact_requests.store import counts as store


async def count_requests(
    database: Database, who: SignedIn, asked: CountQuestion, grouping: Grouping | None = None
) -> RequestCounts:
    """How many requests a partner got, repeats and spam included; raises NotFound and Invalid."""
    await enter(database, who, asked.partner_id)
    check_period(asked.first, asked.last)
    if grouping is None:
        return RequestCounts(count=await store.total(database, asked))
    if grouping == "ad":
        ever = asked.first is None and asked.last is None
        groups = [_group(each) for each in await (store.by_advert_ever if ever else store.by_advert)(database, asked)]
    else:
        days = await store.by_day(database, asked)
        groups = [
            CountGroup(key=key, count=sum(count for _, count in some))
            for key, some in groupby(days, key=lambda each: group_of(each[0], grouping))
        ]
    return RequestCounts(count=sum(each.count for each in groups), groups=groups)


def _group(each: AdvertCount) -> CountGroup:
    return CountGroup(key=str(each.advert_id), count=each.count, title=each.title, reference=each.reference)
