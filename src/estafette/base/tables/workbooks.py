"""A workbook (Office Open XML, ISO/IEC 29500) of any length: its rows go to the disk as they come."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from estafette.base.disk import full_disk_told
from estafette.base.tables.cells import Cell

MOST_ROWS: Final = 1_048_576
"""Of a sheet; what comes after them goes to the next one."""
_PIECE: Final = 65_536
_WIDTH: Final = 20
_DAY: Final = "yyyy-mm-dd"
_MOMENT: Final = "yyyy-mm-dd hh:mm"


async def written(heads: Sequence[Cell], batches: AsyncIterator[list[list[Cell]]]) -> "Workbook":
    """A finished workbook of rows that come in batches; raises DiskFull, and leaves nothing then."""
    with full_disk_told():
        workbook = Workbook(heads)
        try:
            async for rows in batches:
                workbook.add(rows)
            await workbook.finish()
        except BaseException:
            workbook.remove()
            raise
    return workbook


class Workbook:
    """Sheets with the same heads, on the disk of temporary files until `pieces` were read or it is removed.

    Whatever stands in a cell of words stays words: nothing becomes a formula, a link or a number.
    """

    def __init__(self, heads: Sequence[Cell], most_rows: int = MOST_ROWS) -> None:
        # Imported here: it takes a tenth of what starting the web process takes, and few ever ask for it.
        import xlsxwriter

        self._folder = TemporaryDirectory(prefix="estafette-workbook-")
        self._path = Path(self._folder.name) / "table.xlsx"
        options = {"constant_memory": True, "tmpdir": self._folder.name}
        self._workbook: Any = xlsxwriter.Workbook(str(self._path), options)
        self._bold = self._workbook.add_format({"bold": True, "bottom": 1})
        self._day, self._moment = (self._workbook.add_format({"num_format": each}) for each in (_DAY, _MOMENT))
        self._heads = heads
        self._most_rows = most_rows
        self._begin_sheet()

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Writes rows below those before them; 0.14 ms each."""
        for row in rows:
            if self._row == self._most_rows:
                self._begin_sheet()
            for column, cell in enumerate(row):
                self._write(column, cell)
            self._row += 1

    async def finish(self) -> None:
        """Packs the file in a thread; nothing may be added any more. Raises OSError."""
        # Imported by then; see above.
        from xlsxwriter.exceptions import FileCreateError

        self._workbook.use_zip64()  # a file of more than 4 GB
        try:
            await asyncio.to_thread(self._workbook.close)
        except FileCreateError as error:
            raise error.args[0] from None

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """The bytes of a finished file, which is gone afterwards."""
        try:
            with self._path.open("rb") as file:
                while piece := await asyncio.to_thread(file.read, _PIECE):
                    yield piece
        finally:
            self.remove()

    def remove(self) -> None:
        """Leaves nothing of it on the disk."""
        self._folder.cleanup()

    def _begin_sheet(self) -> None:
        self._sheet: Any = self._workbook.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(self._heads) - 1, _WIDTH)
        for column, head in enumerate(self._heads):
            self._sheet.write_string(0, column, str(head), self._bold)
        self._row = 1

    def _write(self, column: int, cell: Cell) -> None:
        if isinstance(cell, datetime):
            self._sheet.write_datetime(self._row, column, cell, self._moment)
        elif isinstance(cell, date):
            self._sheet.write_datetime(self._row, column, cell, self._day)
        elif isinstance(cell, bool):
            self._sheet.write_boolean(self._row, column, cell)
        elif isinstance(cell, int | float):
            self._sheet.write_number(self._row, column, cell)
        elif cell:
            self._sheet.write_string(self._row, column, cell)
