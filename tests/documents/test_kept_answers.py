"""What is kept of an answer is no longer than what is shown of it."""

from msgspec.json import encode

from estafette.documents.models.connector import GrantedDocument
from estafette.documents.rules.showing import taken


def test_of_an_answer_only_so_much_is_kept_as_can_be_shown() -> None:
    endless = "x" * 100_000
    long = GrantedDocument(
        document="1", title=endless, number=endless, status="signed", url=f"https://a.example/{endless}"
    )
    unnamed = GrantedDocument(document=endless, title="Order", status="signed")
    found = taken([long, unnamed])
    assert found.keys() == {"1"}
    assert (len(found["1"].title), len(found["1"].number), found["1"].url) == (300, 60, None)
    assert len(encode(found["1"])) < 1_000
