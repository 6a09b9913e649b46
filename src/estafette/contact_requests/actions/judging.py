"""Judging: what a request on its way in would become, or every field of it that is wrong."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from estafette import accounts
from estafette.accounts import Card, ContactProfile
from estafette.base import limits
from estafette.base.database import Database, Transaction
from estafette.base.errors import FieldError, Invalid, Problem
from estafette.base.ids import new_id
from estafette.base.quotas import Quotas, used
from estafette.contact_requests.models.adverts import AdvertCard
from estafette.contact_requests.models.requests import ContactRequest, NewRequest, Visitor
from estafette.contact_requests.rules.requests import allowances, said, weight, wrong_contact, wrong_content
from estafette.contact_requests.store import accepting as store

Judged = ContactRequest | Problem


async def judge(transaction: Transaction, news: Sequence[NewRequest], quotas: Quotas | None = None) -> list[Judged]:
    """For each the request that may be stored, Invalid with all that is wrong, QuotaExceeded or TooMany."""
    if not news:
        return []
    now = transaction.clock.now()
    adverts = await store.find_adverts(
        transaction, [(each.partner_id, each.advert_id, each.reference) for each in news]
    )
    named = {each.partner_id for each in news if each.partner_id is not None}
    partners = await accounts.partner_zones(transaction, named) if named else {}
    profiles = await accounts.contact_profiles(transaction, [(each.person.id, each.profile_id) for each in news])
    judged: list[Judged] = []
    for new, advert, profile in zip(news, adverts, profiles, strict=True):
        is_known = new.partner_id is None or new.partner_id in partners
        wrong = _all_wrong(new, advert, profile, now, is_known=is_known)
        judged.append(Invalid(*wrong) if wrong or profile is None else _request(new, advert, profile, now))
    if quotas is not None:
        judged = await _within_quotas(transaction, judged, quotas, now)
    return await _within_limits(transaction, news, judged)


async def check(database: Database, new: NewRequest, asked: Visitor) -> str:
    """The phone number of a request as it will go out; raises what `judge` would find wrong with it, and TooMany.

    For somebody who is not known here yet: nothing that could be said before is refused once there is an account.
    """
    [advert] = await store.find_adverts(database, [(None, new.advert_id, None)])
    partner_id = advert["partner_id"]
    zones = {} if partner_id is None else await accounts.partner_zones(database, [partner_id])
    phone, wrong_phone = accounts.read_phone(asked.phone, asked.language, asked.time_zone, *zones.values())
    # The address is the one of the account.
    profile = ContactProfile(id=new.person.id, label="", email="-", phone=phone, is_default=True)
    wrong = _all_wrong(new, advert, profile, database.clock.now(), is_known=True)
    if wrong_phone:
        wrong = [*(each for each in wrong if each.field != "phone"), *wrong_phone]
    if wrong or phone is None:
        raise Invalid(*wrong)
    refusal = await limits.full(database, allowances(new.person.id, new.neighbourhood))
    if refusal is not None:
        raise refusal
    return phone


def _all_wrong(
    new: NewRequest, advert: Any, profile: ContactProfile | None, now: datetime, *, is_known: bool
) -> list[FieldError]:
    return [
        *_wrong_advert(new, advert, is_known=is_known),
        *([] if _is_wrong(new, "profile_id") else wrong_contact(profile)),
        *wrong_content(new, now.date()),
        *new.wrong,
    ]


async def _within_quotas(
    transaction: Transaction, judged: Sequence[Judged], quotas: Quotas, now: datetime
) -> list[Judged]:
    people = {each.person.id for each in judged if isinstance(each, ContactRequest)}
    known = await used(transaction, list(people), now) if people else {}
    return [
        (isinstance(each, ContactRequest) and quotas.count(known, each.person.id, weight(each.message), now)) or each
        for each in judged
    ]


async def _within_limits(
    transaction: Transaction, news: Sequence[NewRequest], judged: Sequence[Judged]
) -> list[Judged]:
    # What is wrong anyway costs nobody a place.
    sound = [index for index, each in enumerate(judged) if isinstance(each, ContactRequest)]
    refusals = await limits.take_together(
        transaction, [allowances(news[index].person.id, news[index].neighbourhood) for index in sound]
    )
    refused = dict(zip(sound, refusals, strict=True))
    return [refused.get(index) or each for index, each in enumerate(judged)]


def _wrong_advert(new: NewRequest, advert: Any, *, is_known: bool) -> list[FieldError]:
    """What is wrong with advert and partner; `is_known` says that there is such a partner, if one is named."""
    wrong: list[FieldError] = []
    readable = not _is_wrong(new, "partner_id")
    if not _is_wrong(new, "advert_id"):
        if advert["id"] is None or advert["withdrawn_at"] is not None:
            # The partner's own name for it says nothing without the partner.
            if readable or new.advert_id is not None:
                wrong.append(FieldError("advert_id", "unknown"))
        elif new.partner_id not in (None, advert["partner_id"]) and is_known:
            wrong.append(FieldError("advert_id", "unknown"))
    if readable and not is_known:
        wrong.append(FieldError("partner_id", "unknown"))
    elif readable and (new.partner_id or advert["partner_id"]) in new.parties:
        wrong.append(FieldError("partner_id", "own_partner"))
    return wrong


def _is_wrong(new: NewRequest, field: str) -> bool:
    # A property that nobody knows may be called like a field of ours.
    return any(each.field == field and each.code != "unknown_field" for each in new.wrong)


def _request(new: NewRequest, advert: Any, profile: ContactProfile, now: datetime) -> ContactRequest:
    if new.starts_at is None or profile.email is None or profile.phone is None:
        raise LookupError("what is missing would have been found wrong")
    return ContactRequest(
        id=new_id(),
        partner_id=advert["partner_id"],
        partner=Card(id=advert["partner_id"], name=advert["partner_name"], picture=advert["partner_picture"]),
        advert=AdvertCard(
            id=advert["id"],
            reference=advert["reference"],
            title=advert["title"],
            link=advert["link"],
            picture=advert["picture"],
        ),
        person=new.person,
        profile_id=profile.id,
        name=new.person.name,
        email=profile.email,
        phone=profile.phone,
        message=said(new.message),
        starts_at=new.starts_at,
        state="new",
        created_at=now,
        changed_at=now,
    )
