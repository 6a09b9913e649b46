"""A pattern says how links to documents look, and nothing that could be slow or match what nobody meant."""

import pytest

from estafette.accounts import Wrong
from estafette.documents.rules.patterns import document_in, link_to, origin_of, read_link, read_pattern

VIEW = "https://documents.example.com/view/{id}"
SHOWN = "https://documents.example.com:8443/show?kind=order&doc={id}"


def found(pattern: str, link: str) -> str | None:
    parts = read_link(link)
    return document_in(read_pattern(pattern), parts) if parts else None


@pytest.mark.parametrize(
    ("pattern", "link", "document"),
    [
        (VIEW, "https://documents.example.com/view/HR-118", "HR-118"),
        (VIEW, "https://DOCUMENTS.example.com:443/view/HR-118/?tab=2#page=3", "HR-118"),
        (VIEW, "https://documents.example.com/view/%D0%9F%D1%80-1%2F2", "Пр-1/2"),
        (SHOWN, "https://documents.example.com:8443/show?doc=7&lang=en&kind=order", "7"),
        ("https://документы.example/{id}/view", "https://xn--d1acoigc6ae0f.example/7/view", "7"),
        (VIEW, "http://documents.example.com/view/HR-118", None),
        (VIEW, "https://documents.example.com.evil.example/view/HR-118", None),
        (VIEW, "https://documents.example.com:8443/view/HR-118", None),
        (VIEW, "https://someone@documents.example.com/view/HR-118", None),
        (VIEW, "https://documents.example.com\\@evil.example/view/HR-118", None),
        (VIEW, "https://documents.example.com/edit/HR-118", None),
        (VIEW, "https://documents.example.com/view/HR-118/more", None),
        (VIEW, "https://documents.example.com/view/", None),
        (VIEW, "https://documents.example.com/view/..", None),
        (VIEW, "https://documents.example.com/view/%00", None),
        (VIEW, "https://documents.example.com/view/%E2%80%AEfdp", None),
        (VIEW, f"https://documents.example.com/view/{'7' * 201}", None),
        (SHOWN, "https://documents.example.com:8443/show?doc=7&kind=contract", None),
        (SHOWN, "https://documents.example.com:8443/show?kind=order", None),
        (VIEW, "https://[documents/view/7", None),
        (VIEW, f"https://documents.example.com/view/{'7' * 3_000}", None),
        (VIEW, "javascript:alert(1)", None),
    ],
)
def test_the_place_in_a_link_is_the_document(pattern: str, link: str, document: str | None) -> None:
    assert found(pattern, link) == document


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("https://documents.example.com/view", "document_pattern_invalid"),
        ("https://documents.example.com/{id}/{id}", "document_pattern_invalid"),
        ("https://documents.example.com/view-{id}", "document_pattern_invalid"),
        ("https://documents.example.com/{name}/{id}", "document_pattern_invalid"),
        ("https://{id}.example.com/view", "document_pattern_invalid"),
        ("https://me:secret@documents.example.com/{id}", "document_pattern_invalid"),
        ("https://documents.example.com/{id}#page", "document_pattern_invalid"),
        ("ftp://documents.example.com/{id}", "document_pattern_invalid"),
        ("(a+)+$", "document_pattern_invalid"),
        ("", "document_pattern_invalid"),
        (f"https://documents.example.com/{'a' * 500}/{{id}}", "too_long"),
    ],
)
def test_a_pattern_is_an_address_with_one_place(pattern: str, code: str) -> None:
    with pytest.raises(Wrong) as wrong:
        read_pattern(pattern)
    assert wrong.value.code == code


@pytest.mark.parametrize(("pattern", "document"), [(VIEW, "Пр 1/2?#"), (SHOWN, "a&kind=b")])
def test_the_link_to_a_document_leads_to_it(pattern: str, document: str) -> None:
    assert found(pattern, link_to(read_pattern(pattern), document)) == document


def test_an_origin_is_compared_in_one_form() -> None:
    assert origin_of("HTTPS://Documents.example.com:443/a") == "https://documents.example.com"
    assert origin_of("http://[::1]:8090/a") == "http://[::1]:8090"
    assert origin_of("no address") is None
