"""Whatever is said, read and settled in whatever order: nothing twice, nothing in quiet hours, nothing seen."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from estafette import conversations
from estafette.conversations import Message
from estafette.notifications import Notice, notify
from estafette.notifications.actions.settings import change_settings
from estafette.notifications.models.settings import SettingsChanges
from tests.notifications.people import choose, mail_gateway, sent, wait
from tests.world import World, sign_in

DELAYS = (120, 300, 1_800)
# Longer than any quiet and any delay here.
LONG = timedelta(hours=20)

steps = st.one_of(
    st.tuples(st.just("say"), st.just(0)),
    st.tuples(st.just("say urgently"), st.just(0)),
    st.tuples(st.just("read"), st.just(0)),
    st.tuples(st.just("delete"), st.just(0)),
    st.tuples(st.just("wait"), st.sampled_from([1, 2, 3, 10, 45, 200, 600])),
    st.tuples(st.just("be quiet"), st.integers(0, 23)),
    st.tuples(st.just("disturb me not"), st.integers(1, 300)),
)


class Content:
    """One conversation of a new customer with the château, of which Claire hears by e-mail."""

    def __init__(self, world: World, place: UUID, delay: int) -> None:
        self.world, self.place, self.delay = world, place, delay
        self.said: dict[str, Message] = {}
        self.read_at: dict[str, datetime] = {}
        self.deleted: set[str] = set()
        self.mailed: list[tuple[datetime, list[str]]] = []
        self.quiet: tuple[int, int] | None = None
        self.disturb_after: datetime | None = None
        self.urgent = False
        self._seen = 0

    @property
    def now(self) -> datetime:
        return self.world.database.clock.now()

    def is_quiet(self, at: datetime) -> bool:
        """Counted anew, hour by hour: the world lives in UTC."""
        start, end = self.quiet or (0, 0)
        hours = {hour % 24 for hour in range(start, end if end >= start else end + 24)}
        return at.hour in hours or (self.disturb_after is not None and at < self.disturb_after)

    async def look(self) -> None:
        """What has come in since: Claire opens every letter."""
        letters = [row for row in await sent(self.world.database) if row["recipient"] == "claire@example.com"]
        for letter in letters[self._seen :]:
            texts = [text for text in self.said if f"> {text}" in letter["text"].splitlines()]
            assert texts, "no letter without something in it"
            assert self.urgent or not self.is_quiet(self.now), "nobody is disturbed"
            assert not [text for text in texts if text in self.read_at], "what was seen is not told"
            assert not self.deleted.intersection(texts), "what is gone is not told"
            first = min(self.said[text].created_at for text in texts)
            assert self.now - first >= timedelta(seconds=self.delay), "the app comes first"
            self.mailed.append((self.now, texts))
        self._seen = len(letters)

    async def pass_time(self, minutes: int) -> None:
        """Time passes a minute at a time, or by the hour when it is long; the worker never sleeps."""
        step = 1 if minutes <= 60 else 10
        for _ in range(0, minutes, step):
            await wait(self.world, minutes=step)
            await self.look()


@settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(steps, min_size=3, max_size=14), st.sampled_from(DELAYS))
@example([("say", 0), ("wait", 3), ("say", 0), ("wait", 3), ("say", 0)], 120)
@example([("say", 0), ("be quiet", 0), ("wait", 600), ("read", 0), ("say", 0)], 300)
@example([("say", 0), ("wait", 1), ("say", 0), ("delete", 0), ("wait", 1), ("say", 0), ("wait", 1), ("wait", 10)], 120)
@example([("disturb me not", 200), ("say", 0), ("wait", 45), ("say urgently", 0), ("wait", 10)], 120)
async def test_each_message_is_mailed_once_unless_it_was_seen(
    world: World, script: list[tuple[str, int]], delay: int
) -> None:
    await mail_gateway_once(world)
    guest = await sign_in(world.database, f"{uuid4().hex}@example.com", "Guest")
    await choose(world, world.denis, ("message", "email", False, 120))
    await choose(
        world, world.claire, ("message", "email", True, delay), quiet_from=None, quiet_until=None,
        do_not_disturb_until=None,
    )  # fmt: skip
    place = (await world.write(guest, world.chateau, "The beginning")).conversation.id
    await world.react()
    content = Content(world, place, delay)
    content._seen = len([row for row in await sent(world.database) if row["recipient"] == "claire@example.com"])
    opening = (await conversations.history(world.database, guest.person_id, place)).items[0]
    await conversations.mark_read(world.database, world.claire.card, place, opening.ordinal)
    for what, how in script:
        match what:
            case "say" | "say urgently":
                text = uuid4().hex
                content.said[text] = await world.say(guest, place, text)
                await world.react()
                if what == "say urgently":
                    content.urgent = True
                    await tell_urgently(content, content.said[text])
            case "read" if content.said:
                await conversations.mark_read(world.database, world.claire.card, place, 10_000)
                content.read_at |= {text: content.now for text in content.said if text not in content.read_at}
                content.urgent = False
            case "delete" if content.said:
                text, message = list(content.said.items())[-1]
                await conversations.delete_message(world.database, guest.person_id, place, message.id)
                content.deleted.add(text)
            case "be quiet":
                content.quiet = how, (how + 8) % 24
                times = {"quiet_from": f"{how:02}:00", "quiet_until": f"{(how + 8) % 24:02}:00"}
                await change(world, **times)
            case "disturb me not":
                content.disturb_after = content.now + timedelta(minutes=how)
                await change(world, do_not_disturb_until=content.disturb_after)
            case "wait":
                await content.pass_time(how)
            case _:
                continue
    await content.pass_time(int(LONG.total_seconds() // 60))
    told = Counter(text for _, texts in content.mailed for text in texts)
    assert max(told.values(), default=1) == 1, "nothing twice"
    unseen = content.said.keys() - content.read_at.keys() - content.deleted
    assert unseen <= told.keys(), "nothing is lost"


async def mail_gateway_once(world: World) -> None:
    if not await world.database.fetchval("SELECT EXISTS (SELECT FROM gateways)"):
        await mail_gateway(world.database)


async def change(world: World, **changes: object) -> None:
    await change_settings(world.database, world.claire, SettingsChanges(**changes))  # type: ignore[arg-type]


async def tell_urgently(content: Content, message: Message) -> None:
    async with content.world.database.transaction() as transaction:
        notice = Notice(
            party_id=content.world.chateau,
            topic_id=content.place,
            at=message.created_at,
            number=message.ordinal,
            urgent=True,
        )
        await notify(transaction, "message", [notice])
