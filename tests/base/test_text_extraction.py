"""The text of files, read in a process of its own: of each kind, and of those that were made to do harm."""

from collections.abc import AsyncIterator, Callable

import pytest

from estafette.base.text_extraction.limits import MAX_CHARACTERS
from estafette.base.text_extraction.process import extract
from tests.files import documents
from tests.files.samples import DRAWING, image
from tests.files.site import in_pieces

PAGE = (
    b"<!-- saved --><!DOCTYPE html><html><head><title>Price list</title><style>p { color: red }</style></head>"
    b"<body><script>alert(1)</script><p>Two <b>ro</b>oms &amp; a view</p><p>Breakfast</p></body></html>"
)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Чай\r\n\tи  кофе\u202e".encode(), "Чай\nи кофе"),
        (PAGE, "Price list\nTwo rooms & a view\nBreakfast"),
        (DRAWING, DRAWING.decode()),
        (documents.docx("Contract", "Заявление"), "Contract\nЗаявление"),
        (documents.odt("Contract", "Заявление"), "Contract\nЗаявление"),
        (documents.pptx(*"abcdefghijk"), "\n".join("abcdefghijk")),
        (documents.xlsx("Rooms", "Suite", 4711), "Rooms\nSuite\n4711"),
        (documents.pdf("Contract of May"), "Contract of May"),
    ],
    ids=["text", "page", "drawing", "docx", "odt", "pptx", "xlsx", "pdf"],
)
async def test_the_words_of_a_document_are_read(content: bytes, text: str) -> None:
    assert await extract(in_pieces(content)) == (text, None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no_text"),
        (image("PNG"), "no_text"),
        (documents.archive(photo_dot_txt="An archive of files is none of them"), "no_text"),
        (documents.pdf(""), "no_text"),
        (b"%PDF-1.7 that breaks off", "broken"),
        (documents.docx("Contract")[:-30], "broken"),
        (documents.archive(word__document_dot_xml="<w:document"), "broken"),
        (documents.entity_bomb(), "broken"),
        (documents.encrypted_pdf("Contract"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "no_text"),
        (documents.sealed_odt(), "encrypted"),
        (documents.archive_bomb, "too_costly"),
        (documents.pdf_bomb, "too_costly"),
    ],
    ids=[
        "empty", "picture", "archive", "blank pdf", "broken pdf", "broken archive", "broken xml", "entity bomb",
        "encrypted pdf", "encrypted docx", "old doc", "encrypted odt", "archive bomb", "pdf bomb",
    ],
)  # fmt: skip
async def test_what_gives_no_text_says_why(content: bytes | Callable[[], bytes], reason: str) -> None:
    assert await extract(in_pieces(content if isinstance(content, bytes) else content())) == ("", reason)


async def test_a_long_text_is_cut_and_the_rest_is_not_even_taken() -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while taken < 2_000:
            taken += 1
            yield b"word" * 25_000

    text, reason = await extract(endless())
    assert (len(text), reason) == (MAX_CHARACTERS, None)
    assert taken < 2_000


async def test_a_document_that_would_be_read_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("estafette.base.text_extraction.process.SECONDS", 1.5)
    assert (await extract(in_pieces(documents.busy_pdf()))).reason == "too_costly"
