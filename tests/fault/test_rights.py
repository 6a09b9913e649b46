"""What the property test of resume takes for a trespass, and what it does not."""

from typing import Any

import pytest

from tests.fault.rights import LETTING_IN, LETTING_OUT, Membership
from tests.live.client import Json


def change(number: int, kind: str, ordinal: int = 0) -> Json:
    return {
        "number": number,
        "kind": kind,
        "person": {"id": "bo"} if kind.startswith("member_") else None,
        "message": {"ordinal": ordinal, "number": number} if ordinal else None,
    }


CHANGES = [
    change(1, "opened"),
    change(2, "members_added"),
    change(3, "message_sent", 1),
    change(4, "member_left"),
    change(5, "message_sent", 2),
    change(6, "member_joined"),
    change(7, "message_sent", 3),
]


def frame(kind: str, **more: Any) -> Json:
    return {"type": kind, "conversation": "g", **more}


def told(until: int) -> Json:
    return frame("changes", until=until)


OUT, LEFT, IN = frame(LETTING_OUT, head=3), frame("left"), frame(LETTING_IN)
OUT_AGAIN = frame(LETTING_OUT, head=5)
WELCOME = {"type": "welcome"}


@pytest.mark.parametrize(
    "frames",
    [
        [told(3), OUT, told(3), LEFT, IN, told(6), told(7)],
        # What is told just before somebody is in again, and a goodbye that is late.
        [told(3), OUT, IN, LEFT, told(5), told(6)],
        [OUT, LEFT, WELCOME, IN, told(7), frame("read", ordinal=2)],
        [OUT, LEFT, {"type": "changes", "conversation": "another", "until": 5}],
        # From before they came, and late: they could have read it all the while.
        [IN, OUT, told(1), told(3)],
        [OUT, OUT_AGAIN, told(3), LEFT],
    ],
)
def test_who_is_in_it_may_be_told(frames: list[Json]) -> None:
    assert Membership("g", "bo", CHANGES).trespasses(frames) == []


@pytest.mark.parametrize(
    "frames",
    [
        [OUT, told(4)],
        [OUT, told(5)],
        [OUT, LEFT, frame("typing")],
        [OUT, LEFT, frame("read", ordinal=1)],
        [OUT, frame("read", ordinal=2)],
        [OUT, LEFT, WELCOME, told(5)],
        [OUT, LEFT, WELCOME, OUT_AGAIN, told(5)],
    ],
)
def test_who_is_out_of_it_may_not(frames: list[Json]) -> None:
    assert Membership("g", "bo", CHANGES).trespasses(frames) == frames[-1:]
