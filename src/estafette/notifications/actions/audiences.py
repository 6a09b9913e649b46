"""Partners set who of them is told of new messages and contact requests, and are warned when that would be nobody."""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from estafette import accounts
from estafette.accounts import MemberRole, SignedIn
from estafette.base.database import Database, Queries
from estafette.base.errors import FieldError, Invalid, NotFound
from estafette.notifications.actions.reaching import Reachable, look_up
from estafette.notifications.models.audiences import (
    Audience,
    AudienceKind,
    AudienceMember,
    AudiencesPut,
    AudienceWarning,
    PartnerAudience,
)
from estafette.notifications.models.notices import OUTGOING_CHANNELS, OutgoingChannel
from estafette.notifications.models.settings import Rule
from estafette.notifications.rules.usual import with_differences
from estafette.notifications.store import audiences as store
from estafette.notifications.store import settings

KINDS: Final[tuple[AudienceKind, ...]] = ("message", "contact_request")

Members = Sequence[tuple[UUID, MemberRole]]


async def audience_of(database: Database, who: SignedIn, partner_id: UUID) -> PartnerAudience:
    """Who of a partner is told of what; for members and administrators, raises NotFound for others."""
    accounts.require_insider(who, partner_id)
    members = (await accounts.member_ids(database, [partner_id])).get(partner_id, [])
    if not members and not await accounts.partner_exists(database, partner_id):
        raise NotFound
    people = [person for person, _ in members]
    audiences = _complete(await store.of_partner(database, partner_id), people)
    reachable = await look_up(database, people, database.clock.now())
    own = await settings.rules_of(database, people, "contact_request")
    shown = [
        AudienceMember(
            person=accounts.Card(id=contact.id, name=contact.name, picture=contact.picture),
            role=role,
            notified_of=[each.kind for each in audiences if _is_addressed(each, person, role)],
            reach=_channels_of(reachable, own.get(person, []), person),
        )
        for person, role in members
        for contact in [reachable.contacts.get(person)]
        if contact is not None
    ]
    return PartnerAudience(audiences=audiences, members=shown, warning=_warning(shown, reachable))


async def put_audience(database: Database, who: SignedIn, partner_id: UUID, given: AudiencesPut) -> PartnerAudience:
    """Sets who is told; for owners and administrators. Raises NotFound, Forbidden and Invalid."""
    accounts.require_owner(who, partner_id)
    async with database.transaction() as transaction:
        members = await _members(transaction, partner_id)
        wrong = [
            FieldError(f"audiences[{index}].{field}", code)
            for index, audience in enumerate(given.audiences)
            for field, code in _wrong(audience, members, given.audiences[:index])
        ]
        if wrong:
            raise Invalid(*wrong[:50])
        for audience in given.audiences:
            if audience.mode == "everyone":
                await store.remove(transaction, partner_id, audience.kind)
            else:
                people = sorted(set(audience.people)) if audience.mode == "chosen" else []
                await store.put(transaction, partner_id, audience, people)
    return await audience_of(database, who, partner_id)


async def _members(queries: Queries, partner_id: UUID) -> set[UUID]:
    if not await accounts.partner_exists(queries, partner_id):
        raise NotFound
    return {person for person, _ in (await accounts.member_ids(queries, [partner_id])).get(partner_id, [])}


def _wrong(audience: Audience, members: set[UUID], before: Sequence[Audience]) -> Iterator[tuple[str, str]]:
    if any(each.kind == audience.kind for each in before):
        yield "kind", "named_twice"
    if audience.mode == "chosen":
        if not audience.people:
            yield "people", "required"
        elif not members.issuperset(audience.people):
            yield "people", "not_a_member"


def _complete(chosen: Sequence[Audience], members: Sequence[UUID]) -> list[Audience]:
    """The audience of each kind; chosen people who have left are none, and without any the owners are told."""
    known: dict[AudienceKind, Audience] = {}
    for each in chosen:
        left = [person for person in each.people if person in members]
        mode = "owners" if each.mode == "chosen" and not left else each.mode
        known[each.kind] = Audience(kind=each.kind, mode=mode, people=left)
    return [known.get(kind) or Audience(kind=kind, mode="everyone") for kind in KINDS]


def _is_addressed(audience: Audience, person: UUID, role: MemberRole) -> bool:
    match audience.mode:
        case "everyone":
            return True
        case "owners":
            return role == "owner"
        case "chosen":
            return person in audience.people


def _channels_of(reachable: Reachable, own: Sequence[Rule], person: UUID) -> list[OutgoingChannel]:
    """By which channels a member would be notified of a contact request outside the app."""
    wanted = {each.channel for each in with_differences(own) if each.kind == "contact_request" and each.enabled}
    return [
        channel for channel in OUTGOING_CHANNELS if channel in wanted and reachable.state(person, channel) == "ready"
    ]


def _warning(shown: Sequence[AudienceMember], reachable: Reachable) -> AudienceWarning | None:
    addressed = [each for each in shown if "contact_request" in each.notified_of]
    if not addressed:
        return "nobody_told"
    if any(each.reach for each in addressed):
        return None
    return "no_channel" if reachable.channels.get("email") else "no_mail_gateway"
