"""Each client gets its own words: whatever it is called is a word, in the language it reads."""

from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from estafette.communications.models.content import Content, EmailText, SmsText, Texts, WhatsAppText
from estafette.communications.models.rendering import RenderFailure, Sample
from estafette.communications.rules.preferences import Links
from estafette.communications.rules.rendering import Renderer

LINKS = Links(page="https://talk.example.com/preferences/t?a=1&b=2", one_click="https://talk.example.com/one-click")


def client(name: str = "Ada", **given: Any) -> Sample:
    return Sample(id=uuid4(), name=name, **given)


def sms(text: str, **french: str) -> Renderer:
    texts: Any = {"en": Texts(sms=SmsText(text=text))}
    if french:
        texts["fr"] = Texts(sms=SmsText(text=french["fr"]))
    return Renderer(Content(default_language="en", texts=texts), "ACME & Sons")


def letter(text: str, subject: str = "News") -> Renderer:
    content = Content(default_language="en", texts={"en": Texts(email=EmailText(subject=subject, text=text))})
    return Renderer(content, "ACME & Sons")


HOSTILE = "<b onmouseover=alert(1)>[x](javascript:alert(1)) **{{ email }}** `\"'&\n# h"


def test_a_hostile_name_is_a_word_wherever_it_stands() -> None:
    renderer = letter(
        "# {{ name }}\n\n**{{ name }}** [{{ name }}](https://example.com/?q={{ name }}&x=1) `{{ name }}`\n\n"
        "- {{ name }}",
        "Hello {{ name }}",
    )
    found = renderer.render(client(HOSTILE), "email", LINKS)
    html = found.html or ""
    assert "<b " not in html
    assert 'href="javascript' not in html
    assert "{{ email }}" in html
    assert html.count("&lt;b onmouseover=alert(1)&gt;[x](javascript:alert(1)) **{{ email }}**") == 6
    assert 'href="https://example.com/?q=%3Cb%20onmouseover=alert(1)%3E[x](javascript:alert(1))' in html
    assert "\n" not in (found.subject or "")
    assert HOSTILE in found.text
    assert "@" not in found.text.replace(HOSTILE, "")


class Structure(HTMLParser):
    """The elements of a letter, with the beginnings of where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            links = [(value or "")[:20] for name, value in attrs if name == "href"]
            self.seen.append((tag, sorted(name for name, _ in attrs), links))


AT_PLACES = letter(
    "# {{ name }}\n\n{{ name }} [{{ name }}](https://example.com/of/{{ name }}) <https://example.com/of/{{ name }}>\n\n"
    "- {{ name }}\n\n> {{ name }}\n\n`{{ name }}` ~~{{ name }}~~ _{{ name }}_"
)
USUAL = Structure(AT_PLACES.render(client("Ada"), "email", LINKS).html or "").seen


@settings(max_examples=60, deadline=None)
@given(name=st.text(min_size=1))
def test_whatever_a_client_is_called_a_letter_keeps_its_structure(name: str) -> None:
    assert Structure(AT_PLACES.render(client(name), "email", LINKS).html or "").seen == USUAL


def test_a_letter_names_who_writes_and_how_to_end_it() -> None:
    content = Content(
        default_language="en",
        texts={
            "ru": Texts(email=EmailText(subject="Да", text="[Стоп]({{ unsubscribe_url }}) ![i](https://a.b/c.png)"))
        },
    )
    found = Renderer(content, "ACME & Sons").render(client(language="ru"), "email", LINKS)
    html = found.html or ""
    assert html.count('href="https://talk.example.com/preferences/t?a=1&amp;b=2"') == 3
    assert "вы клиент ACME &amp; Sons" in html
    assert "<img" not in html
    assert f"Стоп ({LINKS.page})" in found.text
    assert f"Отписаться: {LINKS.page}" in found.text
    assert (found.options.unsubscribe_url, found.options.sender_name) == (LINKS.one_click, "ACME & Sons")


def test_a_link_that_a_client_brings_leads_into_the_web_or_nowhere() -> None:
    renderer = letter("[Your page]({{ attributes.page }}) [Your list](data:text/html,x)")
    good = renderer.render(client(attributes={"page": "https://example.com/?a=1&b=2"}), "email", LINKS)
    bad = renderer.render(client(attributes={"page": "javascript:alert(1)"}), "email", LINKS)
    assert 'href="https://example.com/?a=1&amp;b=2"' in (good.html or "")
    assert 'href="#"' in (bad.html or "")
    assert "data:text" not in (bad.html or "").replace("](data:text/html,x)", "")


def test_plain_text_reads_as_it_was_written() -> None:
    text = "# Title\n\nOne\ntwo *three*\n\n1. first\n2. second\n   - inner\n\n> said\n\n---\n\n<https://example.com>"
    found = letter(text).render(client(), "email", LINKS)
    body, _, foot = found.text.partition("\n-- \n")
    assert body.strip() == (
        "Title\n\nOne\ntwo three\n\n1. first\n2. second\n  - inner\n\n> said\n>\n\n--------------------\n\nhttps://example.com"
    )
    assert "ACME & Sons" in foot


def test_each_client_is_written_to_in_its_own_language_or_the_default() -> None:
    renderer = sms("Hello {{ language }}", fr="Bonjour {{ language }}")
    assert renderer.render(client(language="fr"), "sms").text == "Bonjour fr"
    assert renderer.render(client(language="pt"), "sms").text == "Hello en"
    assert renderer.render(client(), "sms").text == "Hello en"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ attributes.since | date }}", "17 мая 2026 г."),
        ("{{ attributes.since | date: 'short' }}", "17.05.2026"),
        ("{{ attributes.since | date: '%d/%m, %A' }}", "17/05, воскресенье"),
        ("{{ attributes.since | date: 'day_and_month' }}", "17 мая"),
        ("{{ attributes.spent | number }}", "1 234,5"),
        ("{{ attributes.spent | number: 2 }}", "1 234,50"),
        ("{{ attributes.spent | currency: 'RUB' }}", "1 234,50 ₽"),
        ("{{ attributes.spent | plus: 0.5 }}", "1235"),
        ("{{ attributes.member }} {{ attributes.city | default: 'нет города' }}", "да нет города"),
        ("{% if attributes.city == blank %}-{% endif %}{% if attributes.age > 3 %}+{% endif %}.", "-."),
    ],
)
def test_days_and_numbers_are_written_as_the_client_reads_them(text: str, said: str) -> None:
    attributes = {"since": "2026-05-17", "spent": 1234.5, "member": True, "city": ""}
    texts = {"ru": Texts(sms=SmsText(text=text))}
    found = Renderer(Content(default_language="ru", texts=texts), "x").render(  # type: ignore[arg-type]
        client(language="ru", attributes=attributes), "sms"
    )
    # A space that does not break is no character of GSM 03.38 and would halve what fits into a text message.
    assert found.text == said


@pytest.mark.parametrize(
    ("text", "given", "code", "variable"),
    [
        ("{{ name }}", {"name": ""}, "variable_missing", "name"),
        ("{{ attributes.city | upcase }}", {}, "variable_missing", "attributes.city"),
        ("{% if email %}x{% endif %}", {}, "text_empty", None),
        ("{{ name }}", {"name": "x" * 1_531}, "too_long", None),
        ("{{ attributes.spent | date }}", {"attributes": {"spent": 2}}, "template_failed", None),
    ],
)
def test_what_cannot_be_said_to_a_client_has_a_reason(
    text: str, given: dict[str, Any], code: str, variable: str | None
) -> None:
    with pytest.raises(RenderFailure) as failure:
        sms(text).render(client(**given), "sms")
    assert (failure.value.code, failure.value.variable) == (code, variable)


def test_segments_follow_from_what_is_said_to_each() -> None:
    renderer = sms("{{ name }}, we open at eight.")
    plain, other = (renderer.render(client(name), "sms") for name in ("Ada", "Жанна" * 20))
    assert (plain.segments, plain.encoding) == (1, "gsm7")
    assert (other.segments, other.encoding) == (2, "ucs2")


def test_variables_of_a_whatsapp_template_are_single_lines() -> None:
    said = WhatsAppText(
        template="offer", variables=["{{ name }}", "{{ attributes.city | default: '-' }}"], text="Hi {{ name }}"
    )
    content = Content(default_language="pt", texts={"pt": Texts(whatsapp=said)})
    found = Renderer(content, "x").render(client("Ada\n\n\tL      B"), "whatsapp")
    assert found.options.variables == ("Ada L B", "-")
    assert (found.options.template, found.options.template_language) == ("offer", "pt")
    assert found.text == "Hi Ada\n\n\tL      B"
