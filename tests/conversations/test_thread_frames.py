"""What stands below messages moves by frames and is read anew; both say the same, whatever happened in between."""

from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from estafette import conversations
from estafette.base.bus import Event
from estafette.base.changes import Hint
from estafette.conversations import Message
from estafette.conversations.actions import editing, threads
from estafette.conversations.models.threads import ThreadSummary
from tests.conversations.staff import Staff, hire
from tests.conversations.threading import opened
from tests.world import World


class Shown:
    """What a client shows below the messages of one conversation, as the protocol says."""

    def __init__(self) -> None:
        self.lines: dict[UUID, ThreadSummary] = {}

    def keep(self, message: UUID, line: ThreadSummary | None) -> None:
        """The summary with the greater number wins, in whatever order they come."""
        held = self.lines.get(message)
        if line is not None and (held is None or held.number <= line.number):
            self.lines[message] = line


async def tell(staff: Staff, events: list[Event], place: UUID, shown: Shown) -> None:
    """Applies what a process tells of hints to those who show a conversation."""
    hints = [msgspec.json.decode(each.data, type=Hint) for each in events if each.kind == "hint"]
    events.clear()
    spans = [(each.stream, each.after, each.until, each.topics) for each in hints if each.feed == "thread"]
    assert all(topics == (place,) for *_, topics in spans), "told to whoever is in the parent"
    for _, _, frame in await conversations.read_thread_frames(staff.database, spans):
        told: dict[str, Any] = msgspec.json.decode(frame)
        assert (told["type"], told["conversation"]) == ("thread", str(place))
        shown.keep(UUID(told["message"]), msgspec.convert(told["thread"], ThreadSummary))


STEPS = st.lists(
    st.tuples(st.sampled_from(["reply", "delete", "edit", "tell", "open"]), st.integers(0, 2)), max_size=20
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_what_frames_left_below_messages_is_what_the_history_says(
    world: World, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, int]]
) -> None:
    staff = await hired(world)
    place = await staff.group(staff.gina, staff.hugo)
    roots = [await staff.say(staff.gina, place, f"{n}") for n in range(3)]
    shown, replies = Shown(), list[Message]()
    events: list[Event] = []
    with monkeypatch.context() as patched:
        patched.setattr(staff.database.bus, "publish", lambda *some: events.extend(some))
        for what, which in steps:
            match what:
                case "open":
                    await opened(staff, staff.hugo, roots[which])
                case "reply":
                    thread = await opened(staff, staff.gina, roots[which])
                    replies.append(await staff.say((staff.gina, staff.hugo)[which % 2], thread.id, "Pears"))
                case "delete" if replies:
                    gone = replies[which % len(replies)]
                    await editing.delete_message(staff.database, staff.gina.person_id, gone.conversation_id, gone.id)
                case "edit" if replies and replies[-1].sender:
                    last, author = replies[-1], replies[-1].sender
                    state = await conversations.history(staff.database, author.id, last.conversation_id)
                    if state.items[-1].deleted_at is None:
                        await editing.edit_message(
                            staff.database, author.id, last.conversation_id, last.id, f"Apples {which}"
                        )
                case _:
                    await tell(staff, events, place, shown)
        await tell(staff, events, place, shown)
    run = await conversations.history(staff.database, staff.hugo.person_id, place)
    said = {each.id: each.thread for each in run.items if each.thread is not None and each.thread.number > 1}
    assert shown.lines == said
    anew = await threads.lines(staff.database, staff.hugo, place, 0)
    assert {each.message_id: each.thread for each in anew.items if each.thread.number > 1} == said


async def hired(world: World) -> Staff:
    """Gina and Hugo of an example before, or new."""
    known: Staff | None = getattr(world, "hired", None)
    if known is None:
        known = await hire(world)
        world.hired = known  # type: ignore[attr-defined]
    return known


async def test_lines_come_in_the_order_of_messages_a_page_at_a_time(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "LINES_AT_ONCE", 2)
    place = await staff.group(staff.gina, staff.hugo)
    roots = [await staff.say(staff.gina, place, f"{n}") for n in range(4)]
    for each in (roots[3], roots[0], roots[2]):
        await opened(staff, staff.hugo, each)
    first = await threads.lines(staff.database, staff.hugo, place, 0)
    assert ([each.ordinal for each in first.items], first.next) == ([1, 3], 3)
    rest = await threads.lines(staff.database, staff.hugo, place, 3)
    assert ([each.message_id for each in rest.items], rest.next) == ([roots[3].id], None)
