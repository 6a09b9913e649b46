"""The exported workbook: words stay words, days are days, and nothing is left on the disk."""

import errno
import io
import os
import tempfile
from collections.abc import AsyncGenerator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from estafette.base.disk import DiskFull
from estafette.base.tables.cells import Cell
from estafette.base.tables.workbooks import Workbook
from estafette.contact_requests import Filters
from estafette.contact_requests.actions import exporting
from tests.contact_requests.scene import Scene


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


async def whole(pieces: AsyncGenerator[bytes, None]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(b"".join([each async for each in pieces])))


async def written(rows: list[list[Cell]], most_rows: int = 10) -> Any:
    workbook = Workbook(["Name", "Day"], most_rows)
    workbook.add(rows)
    await workbook.finish()
    return await whole(workbook.pieces())


async def test_requests_are_exported_with_days_as_days_and_phones_as_they_are_read(scene: Scene) -> None:
    made = await scene.ask(message="=HYPERLINK(1)")
    world = scene.world
    book = await whole(await exporting.export_workbook(world.database, world.claire, world.chateau, Filters()))
    head, row = book.active.iter_rows(values_only=True)
    assert head[:5] == ("Received", "State", "Reference", "Advert", "Name")
    assert isinstance(row[0], datetime)
    assert row[6:9] == ("+33 6 12 34 56 78", datetime.combine(made.starts_at, datetime.min.time()), "=HYPERLINK(1)")


@pytest.mark.parametrize("words", ["=1+1", "{=1}", "+1", "https://example.com", "0123", "true", "a\x0bb", "語 ж 🎂"])
async def test_words_stay_words(words: str) -> None:
    cell = (await written([[words]])).active["A2"]
    # XML has no such characters; spreadsheets read what stands for them (ECMA-376, 22.9.2.19).
    assert (cell.value.replace("_x000B_", "\x0b"), cell.data_type) == (words, "s")
    assert cell.hyperlink is None


async def test_what_a_sheet_cannot_hold_goes_to_the_next_one() -> None:
    book = await written([[f"{number}", date(2026, 5, 17)] for number in range(20)])
    names = [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book]
    assert [each[0] for each in names] == ["Name"] * 3
    assert [name for each in names for name in each[1:]] == [f"{number}" for number in range(20)]


async def test_nothing_is_left_on_the_disk(temporary: Path) -> None:
    await written([["Ann", date(2026, 5, 17)]])
    begun = Workbook(["Name"])
    begun.add([["Ann"]])
    await begun.finish()
    pieces = begun.pieces()
    await anext(pieces)
    await pieces.aclose()  # as when nobody reads on
    assert list(temporary.iterdir()) == []


async def test_a_full_disk_is_told_and_leaves_nothing(
    scene: Scene, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("xlsxwriter.workbook.Workbook._store_workbook", full)
    await scene.ask()
    with pytest.raises(DiskFull):
        await exporting.export_workbook(scene.world.database, scene.world.claire, scene.world.chateau, Filters())
    assert list(temporary.iterdir()) == []
