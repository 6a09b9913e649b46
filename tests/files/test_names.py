"""What a file may be called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estafette.files.rules.names import NAMELESS, disposition, harmless


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system32\\cmd.exe", "cmd.exe"),
        ("C:\\Users\\ann\\facture.pdf", "facture.pdf"),
        ("/", "file"),
        ("..", "file"),
        (".", "file"),
        ("", "file"),
        ("\0\n\r\t", "file"),
        ("a\0b\nc.txt", "abc.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("e\u0301te\u0301.png", "été.png"),
        ("  программа   праздника.docx ", "программа праздника.docx"),
        ("invoice.pdf. . .", "invoice.pdf"),
        ("👩‍👧 photo.jpg", "👩‍👧 photo.jpg"),
        ("folder/", "folder"),
        (".profile", ".profile"),
    ],
)
def test_a_name_is_made_harmless(given_name: str, kept: str) -> None:
    assert harmless(given_name) == kept


@pytest.mark.parametrize("given_name", ["\u200b", "\u3164", "\u2800\u200d"])
def test_a_name_that_shows_nothing_is_none(given_name: str) -> None:
    assert harmless(given_name) == NAMELESS


def test_a_long_name_keeps_its_extension() -> None:
    name = harmless("ж" * 400 + ".tar.gz")
    assert name.endswith(".gz")
    assert 250 <= len(name.encode()) <= 255


def test_a_long_extension_is_none() -> None:
    assert len(harmless("a." + "b" * 500).encode()) == 255


@given(st.text(max_size=400))
def test_any_name_fits_a_folder_and_a_header(given_name: str) -> None:
    name = harmless(given_name)
    assert 0 < len(name.encode()) <= 255
    assert not set("/\\\0\r\n") & set(name)
    assert name not in {".", ".."}
    header = disposition(name, inline=False)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


def test_a_header_holds_the_true_name_and_one_for_old_readers() -> None:
    assert disposition('été "1".png', inline=True) == (
        "inline; filename=\"ete _1_.png\"; filename*=UTF-8''%C3%A9t%C3%A9%20%221%22.png"
    )
