"""Tables that some program has saved: what they are is found, and each line that cannot be read is named alone."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from estafette.base.tables import records, workbook_sizes
from estafette.base.tables.formats import LINE_CHARACTERS, Unreadable, format_of
from estafette.base.tables.records import COLUMNS, columns_of, records_of

TEXT = "имя;город\r\nЗоя Лебедева;Москва\r\n"
LATIN = "nom;ville\r\nZoé Lefèvre;Orléans\r\n"


def read(folder: Path, content: bytes) -> tuple[str, str, list[str], list[Any]]:
    path = folder / "table"
    path.write_bytes(content)
    form = format_of(path)
    columns = columns_of(path, form)
    rows = [each.wrong or each.cells for each in records_of(path, form, columns)]
    return form.encoding, form.separator, columns, rows


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (TEXT, "utf-8", "UTF-8"),
        (TEXT, "utf-8-sig", "UTF-8"),
        (TEXT, "utf-16", "UTF-16"),
        (TEXT, "cp1251", "Windows-1251"),
        (LATIN, "utf-8", "UTF-8"),
        (LATIN, "utf-16-le", "UTF-16LE"),
        (LATIN, "utf-16-be", "UTF-16BE"),
        (LATIN, "cp1252", "Windows-1252"),
        (LATIN, "latin-1", "Windows-1252"),
    ],
)
def test_the_encoding_is_found(tmp_path: Path, text: str, encoding: str, found: str) -> None:
    head, row = (line.split(";") for line in text.splitlines())
    assert read(tmp_path, text.encode(encoding)) == (found, ";", head, [row])


def test_a_cyrillic_name_far_below_tells_the_encoding(tmp_path: Path) -> None:
    content = b"name,city\n" + b"Zoe,Lyon\n" * 120_000 + "Зоя,Москва\n".encode("cp1251")
    encoding, _, _, rows = read(tmp_path, content)
    assert (encoding, rows[-1]) == ("Windows-1251", ["Зоя", "Москва"])


def test_one_broken_byte_makes_no_other_encoding_of_a_file(tmp_path: Path) -> None:
    content = LATIN.encode() * 3 + b"Yves;Br\xe9st\r\n"
    encoding, _, _, rows = read(tmp_path, content)
    assert (encoding, rows[0], rows[-1]) == ("UTF-8", ["Zoé Lefèvre", "Orléans"], ["Yves", "Br\ufffdst"])


def test_ragged_rows_are_filled_up_or_named(tmp_path: Path) -> None:
    content = b'name,city\nZoe\n\n , \n"Yves ""the\nboat""",Brest\nXavier,Nice,extra\nW,Metz,,\n'
    assert read(tmp_path, content)[3] == [["Zoe", ""], ['Yves "the\nboat"', "Brest"], "too_many_cells", ["W", "Metz"]]


def test_a_line_that_is_too_long_is_rejected_alone(tmp_path: Path) -> None:
    content = b"name,city\nZoe,Lyon\n" + b"x" * (LINE_CHARACTERS + 5) + b"\nYves,Brest\n"
    assert read(tmp_path, content)[3] == [["Zoe", "Lyon"], "line_unreadable", ["Yves", "Brest"]]


def test_a_quote_that_is_never_closed_swallows_no_more_than_a_cell_may_hold(tmp_path: Path) -> None:
    content = b'name,city\nZoe,"Lyon\n' + b"Yves,Brest\n" * 20_000
    rows = read(tmp_path, content)[3]
    assert rows[0] == "line_unreadable"
    assert rows[-1] == ["Yves", "Brest"]


def test_objects_are_rows_and_what_is_nested_is_named(tmp_path: Path) -> None:
    content = (
        b'{"name": "Zoe", "age": 41, "member": true, "city": null}\n\n{"name": ["x"]}\n[1]\n{"broken\n{"age": 1.5}\n'
    )
    _, _, columns, rows = read(tmp_path, content)
    assert columns == ["name", "age", "member", "city"]
    assert rows == [
        ["Zoe", "41", "true", ""],
        "value_nested",
        "line_unreadable",
        "line_unreadable",
        ["", "1.5", "", ""],
    ]


def test_names_of_values_that_cannot_be_kept_are_made_harmless_and_their_values_found(tmp_path: Path) -> None:
    long = "x" * 150
    content = b'{"\\ud800name": "Zoe", "ci\\u0000ty": "Ly\\udc00on", "' + long.encode() + b'": 1}\n'
    _, _, columns, rows = read(tmp_path, content)
    assert columns == ["?name", "ci\ufffdty", "x" * 100]
    assert [row[0] for row in rows] == ["Zoe"]
    assert rows[0][2] == "1"


def test_a_workbook_is_read_as_it_is_seen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["name", "since", "spent", "member"])
    sheet.append(["Zoé", date(2026, 5, 17), 12.5, True])
    sheet.append([None, None, 3, None])
    target = io.BytesIO()
    book.save(target)
    _, _, columns, rows = read(tmp_path, target.getvalue())
    assert columns == ["name", "since", "spent", "member"]
    assert rows == [["Zoé", "2026-05-17", "12.5", "true"], ["", "", "3", ""]]


def bomb() -> bytes:
    """A workbook whose words unpack to 3 MB."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as words:
            for _ in range(3):
                words.write(bytes(1024 * 1024))
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "required"),
        (b"\n \n", "required"),
        (b"PK\x03\x04 no archive", "table_unreadable"),
        (b"\x00\x01\x02\x03,\x00", "table_unreadable"),
        (b"x" * (LINE_CHARACTERS + 1), "line_too_long"),
        (b",".join([b"a"] * (COLUMNS + 1)), "too_many"),
        (b";;;\n", "table_unreadable"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as problem:
        read(tmp_path, content)
    assert problem.value.code == code


def test_what_unpacks_to_very_much_is_refused_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_sizes, "WORDS", 2 * 1024 * 1024)
    with pytest.raises(Unreadable) as problem:
        read(tmp_path, bomb())
    assert problem.value.code == "table_too_large"


def workbook(rows: str, *, words_at: str = "xl/sharedStrings.xml", words: str = "<sst/>") -> bytes:
    """A workbook whose only sheet has these rows, with its words in a part of any name."""
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    made = io.BytesIO()
    with zipfile.ZipFile(target) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name == "xl/worksheets/sheet1.xml":
                space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                new.writestr(name, f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>')
            elif name == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
                part = f'<Override PartName="/{words_at}" ContentType="{kind}"/></Types>'
                new.writestr(name, old.read(name).replace(b"</Types>", part.encode()))
            else:
                new.writestr(name, old.read(name))
        new.writestr(words_at, words)
    return made.getvalue()


CELL = '<c t="str"><v>name</v></c>'


def test_a_row_whose_number_no_sheet_has_ends_a_workbook_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MOST_ROWS", 10)
    rows = f'<row r="1">{CELL}</row><row r="3">{CELL}</row><row r="2000000000">{CELL}</row>'
    assert read(tmp_path, workbook(rows))[2:] == (["name"], [["name"]])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (workbook("<row>" + "<c/>" * 120_000 + "</row>"), "table_too_large"),
        (workbook("<row>" + "<row/>" * 120_000 + "</row>"), "table_too_large"),
        (workbook(f"<row>{CELL}" + "x" * (workbook_sizes.ROW_BYTES + 400_000) + "</row>"), "table_too_large"),
        (workbook("<row/>" * 4), "table_too_large"),
        (workbook("<row>"), "table_unreadable"),
    ],
    ids=["cells", "rows in a row", "letters", "rows", "broken"],
)
def test_rows_that_would_fill_the_memory_are_refused_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, code: str
) -> None:
    monkeypatch.setattr(workbook_sizes, "MOST_ROWS", 3)
    with pytest.raises(Unreadable) as problem:
        read(tmp_path, content)
    assert problem.value.code == code


def test_words_under_the_name_of_a_sheet_are_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook(f"<row>{CELL}</row>", words_at="xl/worksheets/words.xml", words=f"<sst>{' ' * 100_000}</sst>")
    assert read(tmp_path, content)[2] == ["name"]
    monkeypatch.setattr(workbook_sizes, "WORDS", 90_000)
    with pytest.raises(Unreadable) as problem:
        read(tmp_path, content)
    assert problem.value.code == "table_too_large"
