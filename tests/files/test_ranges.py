"""Which bytes a Range header asks for."""

import pytest

from estafette.files.rules.ranges import Unsatisfiable, asked, matches


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None),
        ("bytes=0-9", (0, 10)),
        ("bytes=90-", (90, 100)),
        ("bytes=90-500", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-500", (0, 100)),
        ("bytes=0-0,5-6", None),
        ("bytes=9-3", None),
        ("bytes=-", None),
        ("bytes=x-3", None),
        ("lines=1-3", None),
    ],
)
def test_a_range_is_read(header: str | None, part: tuple[int, int] | None) -> None:
    assert asked(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_without_bytes_cannot_be_met(header: str) -> None:
    with pytest.raises(Unsatisfiable):
        asked(header, 100)


def test_an_empty_file_has_no_range() -> None:
    with pytest.raises(Unsatisfiable):
        asked("bytes=0-1", 0)


@pytest.mark.parametrize(
    ("header", "same"), [(None, False), ('"a"', True), ('"b", W/"a"', True), ("*", True), ('"b"', False)]
)
def test_an_entity_tag_is_compared(header: str | None, same: bool) -> None:
    assert matches(header, '"a"') is same
