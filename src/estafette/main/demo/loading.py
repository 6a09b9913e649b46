"""Fills an empty installation with the demo, through the same verbs that people use."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from estafette import accounts, conversations
from estafette.base.changes import Change
from estafette.base.database import Database
from estafette.base.ids import new_id
from estafette.base.images.process import Pictures
from estafette.base.settings import Settings
from estafette.files import Uploader, open_storage
from estafette.main.database import open_database
from estafette.main.demo import pictures
from estafette.main.demo.asking import Stage, leave_requests
from estafette.main.demo.company import Company
from estafette.main.demo.histories import HISTORIES, History, Line
from estafette.main.demo.outbox import fill_outbox
from estafette.main.demo.partners import PARTNERS
from estafette.main.demo.people import DEMO_ACCOUNTS, PASSWORD, PEOPLE
from estafette.main.demo.register import register_clients
from estafette.web.instance import DemoAccount


async def load_demo(settings: Settings, dsn: str) -> Sequence[DemoAccount]:
    """Loads the demo unless somebody lives here already; returns who may be tried out, nobody in a house of others.

    It is one transaction: a start that is cut off leaves nothing of the demo. What leaves the house comes after it.
    """
    async with open_database(dsn, size=3) as database:
        if await accounts.find_by_email(database, PEOPLE[0].email) is None:
            if await accounts.setup_code(database) is None:
                return ()
            async with database.joined():
                demo = Demo(database, Uploader(database, open_storage(settings.files), Pictures()))
                await demo.settle()
                for history in HISTORIES:
                    await demo.tell(history)
                await demo.ask()
                await demo.employ()
                await demo.register()
    # With a clock of its own: that of the histories has been moved, and stands at when the loading began.
    async with open_database(dsn, size=6) as database:
        await fill_outbox(database, settings)
    return DEMO_ACCOUNTS


# Who joins a partner begins with nothing unread, so everybody has to be there before the first message.
SETTLED_MINUTES_AGO = 90 * 24 * 60


class Demo:
    """The demo while it is being written."""

    def __init__(self, database: Database, uploader: Uploader) -> None:
        self._database = database
        self._uploader = uploader
        self._now = datetime.now(UTC)
        self._people: dict[str, UUID] = {}
        self._partners: dict[str, UUID] = {}

    async def settle(self) -> None:
        """People, partners and their pictures, from before anybody wrote."""
        self._set_clock(SETTLED_MINUTES_AGO)
        for person in PEOPLE:
            added = await accounts.add_person(
                self._database,
                person.email,
                person.name,
                (person.role,),
                PASSWORD,
                language=person.language,
                time_zone=person.time_zone,
                phone=person.phone,
            )
            self._people[person.email] = added.id
        for key, details in PARTNERS.items():
            owner = next(self._people[each.email] for each in PEOPLE if each.partner == key and each.owner)
            made = await accounts.make_partner(
                self._database,
                by=owner,
                picture=await self._upload(owner, f"{key}.jpg", pictures.emblem(key)),
                cover=await self._upload(owner, f"{key}-cover.jpg", pictures.cover(key)),
                **details,
            )
            self._partners[key] = made.id
        for person in PEOPLE:
            if person.partner is not None:
                role = "owner" if person.owner else "member"
                await accounts.add_member(
                    self._database, self._partners[person.partner], self._people[person.email], role
                )

    async def tell(self, history: History) -> None:
        """One conversation, each step at its time; the automatic confirmation comes as it would have come."""
        customer, partner = self._people[history.customer], self._partners[history.partner]
        self._set_clock(history.lines[0].minutes_ago)
        attachments = {line: await self._attach(history, line) for line in history.lines}
        sent: list[conversations.Message] = []
        async with self._database.transaction() as transaction:
            place = await conversations.open_storefront(transaction, customer, partner)
            for line in history.lines:
                self._set_clock(line.minutes_ago)
                draft = conversations.Draft(
                    id=new_id(),
                    conversation_id=place,
                    person_id=self._people[line.who],
                    text=line.text,
                    attachments=attachments[line],
                )
                [message] = await conversations.append(transaction, [draft])
                if not isinstance(message, conversations.Message):
                    raise message
                sent.append(message)
                change = Change(place, message.number, "message_sent", message.id, message.created_at)
                await conversations.confirm(transaction, [change])
        await self._afterwards(history, place, sent)
        self._set_clock(0)

    async def ask(self) -> None:
        """Adverts, and contact requests about them."""
        await leave_requests(Stage(self._database, self._people, self._partners, self._upload, self._set_clock))

    async def employ(self) -> None:
        """A company of sixty, and what its people say to each other."""
        self._set_clock(SETTLED_MINUTES_AGO - 1)
        company = Company(self._database, self._now, self._set_clock)
        stage = Stage(self._database, self._people, self._partners, self._upload, self._set_clock)
        await company.settle(stage.signed_in("admin@example.com"), self._people)
        await company.talk()
        await company.appear(self._upload)

    async def register(self) -> None:
        """Clients, as an administrator has brought them in."""
        self._set_clock(20 * 24 * 60)
        stage = Stage(self._database, self._people, self._partners, self._upload, self._set_clock)
        await register_clients(stage)
        self._set_clock(0)

    async def _afterwards(self, history: History, place: UUID, sent: Sequence[conversations.Message]) -> None:
        for line, message in zip(history.lines, sent, strict=True):
            self._set_clock(line.minutes_ago - 1)
            if line.edited is not None:
                await conversations.edit_message(self._database, self._people[line.who], place, message.id, line.edited)
            if line.deleted:
                await conversations.delete_message(self._database, self._people[line.who], place, message.id)
        self._set_clock(max(1, history.lines[-1].minutes_ago - 5))
        for who, ordinal in history.read.items():
            name = next(person.name for person in PEOPLE if person.email == who)
            reader = accounts.Card(id=self._people[who], name=name)
            await conversations.mark_read(self._database, reader, place, ordinal)
        if history.archived_by is not None:
            await conversations.archive(self._database, self._people[history.archived_by], place)

    async def _attach(self, history: History, line: Line) -> tuple[UUID, ...]:
        made: list[UUID] = []
        for name in line.attached:
            content = pictures.leaflet("Plan d’accès") if name.endswith(".pdf") else pictures.cover(
                history.partner, (1200, 800)
            )  # fmt: skip
            made.append(await self._upload(self._people[line.who], name, content))
        return tuple(made)

    async def _upload(self, owner: UUID, name: str, content: bytes) -> UUID:
        async def pieces() -> AsyncIterator[bytes]:
            yield content

        return (await self._uploader.upload(owner, name, pieces())).id

    def _set_clock(self, minutes_ago: int) -> None:
        clock = self._database.clock
        clock.move(self._now - timedelta(minutes=minutes_ago) - clock.now())
