"""Adverts, and people who leave contact requests about them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from estafette import contact_requests
from estafette.accounts import SignedIn
from estafette.accounts.actions import contact_profiles, profiles
from estafette.accounts.models.inputs import NewContactProfile, ProfileChanges
from estafette.base.changes import read
from estafette.contact_requests import Acceptor, Advert, ContactRequest, CountQuestion, Filters, NewAdvert, NewRequest
from estafette.contact_requests.actions import listing
from estafette.contact_requests.models.requests import RequestDetails
from tests.world import World

PHONES = {"ann": "+33612345678", "ben": "+447700900123"}


@dataclass
class Scene:
    """The world, its adverts, and the verbs that tests use most."""

    world: World
    acceptor: Acceptor
    wedding: Advert
    tour: Advert
    cake: Advert

    def new(self, who: SignedIn | None = None, advert: Advert | None = None, **details: Any) -> NewRequest:
        """A request of Ann about the wedding, but for what is said."""
        who = who or self.world.ann
        given: dict[str, Any] = {
            "person": who.card,
            "parties": who.parties,
            "neighbourhood": "192.0.2.1",
            "advert_id": (advert or self.wedding).id,
            "message": "Is the orangery free in June?",
            "starts_at": self.today + timedelta(days=3),
        }
        return NewRequest(**given | details)

    async def ask(self, who: SignedIn | None = None, advert: Advert | None = None, **details: Any) -> ContactRequest:
        """A request that is stored."""
        return await self.acceptor.accept(self.new(who, advert, **details))

    @property
    def today(self) -> date:
        return self.world.database.clock.now().date()

    async def listed(self, who: SignedIn | None = None, partner: UUID | None = None, **filters: Any) -> list[UUID]:
        """The ids that a member of the château finds."""
        found, _ = await contact_requests.list_requests(
            self.world.database, who or self.world.claire, partner or self.world.chateau, Filters(**filters)
        )
        return [each.id for each in found]

    async def counted(self, grouping: Any = None, **asked: Any) -> Any:
        """How many requests the château got, or the parts of that by key."""
        question = CountQuestion(partner_id=self.world.chateau, **asked)
        found = await contact_requests.count_requests(self.world.database, self.world.claire, question, grouping)
        if grouping is None:
            return found.count
        assert found.count == sum(each.count for each in found.groups)
        return {each.key: each.count for each in found.groups}

    async def details(self, request_id: UUID, who: SignedIn | None = None) -> RequestDetails:
        """A request of the château as a member sees it."""
        return await listing.details(self.world.database, who or self.world.claire, self.world.chateau, request_id)

    async def changes(self, party: UUID | None = None) -> list[tuple[str, UUID]]:
        """What happened on the stream of the château, adverts and members aside."""
        found = await read(self.world.database, party or self.world.chateau, 0, 1_000)
        return [(each.kind, each.subject) for each in found if each.kind.startswith("contact_request")]

    async def stored(self) -> int:
        return await self.world.database.fetchval("SELECT count(*) FROM contact_requests")


async def make_scene(world: World) -> Scene:
    """Ann and Ben can be reached by phone, and there are three adverts."""
    database = world.database
    for who, phone in ((world.ann, PHONES["ann"]), (world.ben, PHONES["ben"])):
        await profiles.change_profile(database, who, ProfileChanges(phone=phone))
    return Scene(
        world=world,
        acceptor=Acceptor(database),
        wedding=await contact_requests.add_advert(
            database, world.claire, world.chateau, NewAdvert(title="Wedding reception", reference="wedding")
        ),
        tour=await contact_requests.add_advert(database, world.denis, world.chateau, NewAdvert(title="Guided tour")),
        cake=await contact_requests.add_advert(database, world.eva, world.bakery, NewAdvert(title="Wedding cake")),
    )


async def other_profile(world: World, who: SignedIn, email: str | None, phone: str | None) -> UUID:
    """Another contact profile of somebody."""
    given = NewContactProfile(label="Work", email=email, phone=phone)
    return (await contact_profiles.add_contact_profile(world.database, who, given)).id
