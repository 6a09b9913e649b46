"""What is wrong with a text is told by its field before anything is scheduled, however hard it is to read."""

from datetime import UTC, datetime
from time import process_time

import pytest

from estafette.base.errors import Invalid
from estafette.clients import Attribute
from estafette.clients.models.attributes import Kind
from estafette.communications.models.content import Content, EmailText, PushText, SmsText, Texts, WhatsAppText
from estafette.communications.rules import markdown
from estafette.communications.rules.contents import check_content
from estafette.communications.rules.plain_text import as_text
from estafette.communications.rules.templates import Broken, parse
from estafette.communications.rules.variables import required

THEN = datetime(2026, 1, 1, tzinfo=UTC)
KINDS: dict[str, Kind] = {"city": "text", "spent": "number", "since": "date"}
KNOWN = {
    key: Attribute(key=key, label=key.title(), kind=kind, position=1, created_at=THEN) for key, kind in KINDS.items()
}


def sms(text: str) -> Content:
    return Content(default_language="en", texts={"en": Texts(sms=SmsText(text=text))})


def wrong(content: Content, *channels: str) -> dict[str, str]:
    with pytest.raises(Invalid) as problem:
        check_content(content, channels, KNOWN)  # type: ignore[arg-type]
    return {each.field.removeprefix("content.texts.en."): each.code for each in problem.value.fields}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "required"),
        (" \u200b\n", "required"),
        ("{{ name", "template_broken"),
        ("{% if name %}Hi", "template_broken"),
        ("{{ name | | }}", "template_broken"),
        ("{% for i in (1..1000000000) %}x{% endfor %}", "template_tag_unknown"),
        ("{% include 'x' %}", "template_tag_unknown"),
        ("{% raw %}{{ x }}{% endraw %}", "template_tag_unknown"),
        ("{{ name | explode }}", "template_filter_unknown"),
        ("{{ surname }}", "variable_unknown"),
        ("{{ attributes.shoe }}", "variable_unknown"),
        ("{{ attributes[name] }}", "variable_unknown"),
        ("{{ ['@places'] }}", "variable_unknown"),
        ("{{ name | date }}", "template_failed"),
        ("{{ attributes.spent | divided_by: 0 }}", "template_failed"),
        ("{% assign a = 'xxxxxxxx' %}" + "{% assign a = a | append: a %}" * 30 + "{{ a }}", "template_failed"),
        ("{% assign a = 99 %}" + "{% assign a = a | times: a %}" * 30 + "{{ a }}", "template_failed"),
        ("{{ 'x'" + (" | replace: '', '" + "a" * 60 + "'") * 10 + " }}", "template_failed"),
        ("{{name}}" * 2_001, "template_too_complex"),
        ("x" * 1_531, "too_many_segments"),
        ("ж" * 671, "too_many_segments"),
    ],
)
def test_a_text_that_cannot_be_said_is_refused_by_its_field(text: str, code: str) -> None:
    assert wrong(sms(text), "sms") == {"sms.text": code}


@pytest.mark.parametrize(
    "text",
    [
        "{{" * 40_000,
        "{%" * 40_000,
        "{{" + " " * 90_000 + "}}",
        "{{ '" * 20_000,
        "{{ name" + " | upcase" * 10_000 + " }}",
        "{% if " + "name and " * 9_000 + "name %}x{% endif %}",
        "{{ " + "[" * 90_000 + " }}",
        "{% comment %}" * 7_000,
        "{% if name %}" * 1_500,
        "{{ name " + " " * 900 + "}}",
    ],
)
def test_a_hostile_template_is_refused_at_once(text: str) -> None:
    begun = process_time()
    with pytest.raises(Broken):
        parse(text)
    assert process_time() - begun < 0.5


def test_what_is_right_passes() -> None:
    content = Content(
        default_language="en",
        texts={
            "en": Texts(
                email=EmailText(subject="For {{ name }}", text="{% if attributes.city == 'Lyon' %}**Lyon**{% endif %}"),
                sms=SmsText(text="{{ name | split: ' ' | first }} {{ attributes.spent | number: 2 }}"),
                whatsapp=WhatsAppText(template="offer", variables=["{{ name }}", "{{ attributes.since | date }}"]),
                push=PushText(title="New", text="{{ stays }} as it is", url="/news"),
            ),
            "fr": Texts(sms=SmsText(text="{{ organisation }}")),
        },
    )
    check_content(content, ["email", "sms", "whatsapp", "push"], KNOWN)


def test_each_channel_has_limits_of_its_own() -> None:
    texts = Texts(
        email=EmailText(subject="\n", text="x" * 100_001),
        whatsapp=WhatsAppText(variables=["x"], media="http://example.com/a.png", text="x" * 4_097),
        push=PushText(title="x" * 121, text="ж" * 2_000, url="//example.com"),
    )
    assert wrong(Content(default_language="en", texts={"en": texts}), "email", "sms", "whatsapp", "push") == {
        "email.subject": "required",
        "email.text": "too_long",
        "sms": "required",
        "whatsapp.variables": "no_template",
        "whatsapp.media": "url_invalid",
        "push.title": "too_long",
        "push.url": "path_invalid",
    }
    longest = Texts(whatsapp=WhatsAppText(text="x" * 4_097), push=PushText(title="x", text="ж" * 1_950))
    found = wrong(Content(default_language="en", texts={"en": longest}), "whatsapp", "push")
    assert found == {"whatsapp.text": "too_long", "push.text": "payload_too_large"}
    captioned = Texts(whatsapp=WhatsAppText(text="x" * 1_025, media="https://example.com/a.png"))
    assert wrong(Content(default_language="en", texts={"en": captioned}), "whatsapp") == {"whatsapp.text": "too_long"}


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("{{ name }}", {"name"}),
        ("{{ name | upcase | default: 'you' }} {{ organisation }} {{ language }}", set()),
        ("{{ 'x' | append: attributes.city }}", {"attributes.city"}),
        ("{% if attributes.city %}{{ attributes.city }}{% endif %}", set()),
        ("{% if attributes.city != blank and name %}{{ attributes.city }} {{ name }}{% endif %}", set()),
        ("{% if attributes.city or name %}{{ name }}{% endif %}", {"name"}),
        ("{% if attributes.spent > 3 %}{{ attributes.spent }}{% else %}{{ name }}{% endif %}", {"name"}),
        ("{% unless name == blank %}{{ name }}{% endunless %}", set()),
        ("{% if name == blank %}-{% else %}{{ name }}{% endif %}", set()),
        ("{% unless name %}{{ name }}{% endunless %}", {"name"}),
        ("{% case attributes.city %}{% when 'Lyon' %}{{ attributes.city }}{% endcase %}", set()),
        ("{% case attributes.city %}{% else %}{{ attributes.city }}{% endcase %}", {"attributes.city"}),
        ("{% assign name = name | default: 'you' %}{{ name }}", set()),
        ("{% if email %}{% assign n = 'x' %}{% endif %}{{ name }}", {"name"}),
        ("{% assign n = name %}{{ n }}", {"name"}),
    ],
)
def test_a_client_must_have_what_has_no_default(text: str, needed: set[str]) -> None:
    assert required(parse(text)) == needed


@pytest.mark.parametrize("text", ["[" * 30_000, "**a*" * 8_000, "a\n=\n" * 8_000, ">" * 30_000, "[a](" * 8_000])
def test_hostile_markdown_takes_no_longer_than_its_length(text: str) -> None:
    begun = process_time()
    markdown.as_html(tokens := markdown.read(text))
    as_text(tokens)
    assert process_time() - begun < 2
