"""Writes the adverts of the demo, and the requests about them, through the verbs that people use."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from estafette import contact_requests
from estafette.accounts import MemberRole, SignedIn
from estafette.base.database import Database
from estafette.base.errors import Problem
from estafette.contact_requests import NewAdvert, NewRequest, RequestChanges
from estafette.main.demo import pictures
from estafette.main.demo.histories import DAY
from estafette.main.demo.people import PEOPLE
from estafette.main.demo.requests import ADVERTS, REQUESTS, Asked, Handled


class Stage(NamedTuple):
    """What the demo is written with: its people and partners by name, uploads, and a clock that can be set back."""

    database: Database
    people: Mapping[str, UUID]
    partners: Mapping[str, UUID]
    upload: Callable[[UUID, str, bytes], Awaitable[UUID]]
    set_clock: Callable[[int], None]

    def signed_in(self, email: str) -> SignedIn:
        """Somebody of the demo, as if they did it themselves."""
        person = next(each for each in PEOPLE if each.email == email)
        role: MemberRole = "owner" if person.owner else "member"
        partners: dict[UUID, MemberRole] = {} if person.partner is None else {self.partners[person.partner]: role}
        id_ = self.people[email]
        return SignedIn(
            person_id=id_,
            name=person.name,
            email=email,
            language=person.language,
            time_zone=person.time_zone,
            roles=frozenset((person.role,)),
            partners=partners,
            parties=frozenset((id_, *partners)),
        )


async def leave_requests(stage: Stage) -> None:
    """Adverts first, then each request at its time, and what was done about it."""
    stage.set_clock(REQUESTS[0].minutes_ago + DAY)
    adverts: dict[str, contact_requests.Advert] = {}
    for each in ADVERTS:
        who, partner = stage.signed_in(each.who), stage.partners[each.partner]
        content = pictures.cover(each.partner, (1200, 800), sky=each.sky)
        given = NewAdvert(
            title=each.title,
            reference=each.reference,
            link=each.link,
            picture=await stage.upload(who.person_id, f"{each.reference}.jpg", content),
            active=each.active,
        )
        adverts[each.reference] = await contact_requests.add_advert(stage.database, who, partner, given)
    for asked in REQUESTS:
        await _ask(stage, asked, adverts[asked.reference])
    stage.set_clock(0)


async def _ask(stage: Stage, asked: Asked, advert: contact_requests.Advert) -> None:
    stage.set_clock(asked.minutes_ago)
    who = stage.signed_in(asked.who)
    new = NewRequest(
        person=who.card,
        parties=who.parties,
        neighbourhood="demo",
        advert_id=advert.id,
        message=asked.message,
        starts_at=(stage.database.clock.now() + timedelta(days=asked.in_days)).date(),
    )
    async with stage.database.transaction() as transaction:
        [made] = await contact_requests.accept_all(transaction, [new])
    if isinstance(made, Problem):
        raise made
    for done in asked.handled:
        stage.set_clock(done.minutes_ago)
        await _handle(stage, made.partner_id, made.id, done)


async def _handle(stage: Stage, partner_id: UUID, request_id: UUID, done: Handled) -> None:
    who, database = stage.signed_in(done.who), stage.database
    if done.state is not None:
        changes = RequestChanges(state=done.state)
        await contact_requests.change_request(database, who, partner_id, request_id, changes)
    if done.assigned_to is not None:
        changes = RequestChanges(assigned_to=stage.people[done.assigned_to])
        await contact_requests.change_request(database, who, partner_id, request_id, changes)
    if done.note is not None:
        await contact_requests.add_note(database, who, partner_id, request_id, done.note)
    if done.says is not None:
        await contact_requests.open_conversation(database, who, partner_id, request_id, done.says)
