"""Whether a communication has something sound to say: every text is read, and rendered once for nobody."""

from collections.abc import Mapping, Sequence
from typing import Final

from estafette.accounts import Form
from estafette.base.languages import Language
from estafette.base.urls import is_url
from estafette.base.visible import is_visible
from estafette.clients import Attribute
from estafette.communications.models.content import (
    MOST_CHARACTERS,
    Channel,
    Content,
    EmailText,
    PushText,
    SmsText,
    WhatsAppText,
)
from estafette.communications.models.rendering import RenderFailure
from estafette.communications.rules.choosing import Text, languages_of, sources, text_of
from estafette.communications.rules.rendering import MOST_SEGMENTS, WHATSAPP, Renderer, longest_whatsapp
from estafette.communications.rules.samples import shortest
from estafette.communications.rules.templates import Broken, parse
from estafette.communications.rules.variables import is_known, used
from estafette.deliveries import BroadcastText, broadcast_faults

SUBJECT_SOURCE: Final = 1_000
SMS_SOURCE: Final = 20_000
VARIABLES: Final = 100


def check_content(content: Content, channels: Sequence[Channel], attributes: Mapping[str, Attribute]) -> None:
    """Raises Invalid with everything that is wrong with the texts, each by its field.

    The default language must have a text for every channel; what is said in other languages must be sound, too.
    """
    with Form() as form:
        for channel in channels:
            if text_of(content, content.default_language, channel) is None:
                form.refuse(f"content.texts.{content.default_language}.{channel}", "required")
            for language in languages_of(content, channel):
                check_text(form, content, language, channel, attributes)


def check_text(
    form: Form, content: Content, language: Language, channel: Channel, attributes: Mapping[str, Attribute]
) -> None:
    """Notes what is wrong with one text."""
    text = text_of(content, language, channel)
    field = f"content.texts.{language}.{channel}"
    before = len(form.errors)
    match text:
        case EmailText():
            _check_words(form, f"{field}.subject", text.subject, SUBJECT_SOURCE)
            _check_words(form, f"{field}.text", text.text, MOST_CHARACTERS)
        case SmsText():
            _check_words(form, f"{field}.text", text.text, SMS_SOURCE)
        case WhatsAppText():
            _check_whatsapp(form, field, text)
        case PushText():
            _check_push(form, field, text)
        case None:
            return
    if len(form.errors) == before:
        _check_templates(form, field, text, attributes)
    if len(form.errors) == before:
        _try(form, field, content, language, channel, attributes)


def _check_words(form: Form, field: str, text: str, longest: int) -> None:
    if not is_visible(text):
        form.refuse(field, "required")
    elif len(text) > longest:
        form.refuse(field, "too_long", max=longest)
    elif "\0" in text:
        form.refuse(field, "forbidden_character")


def _check_whatsapp(form: Form, field: str, text: WhatsAppText) -> None:
    if text.template is None and text.text is None and text.media is None:
        form.refuse(f"{field}.text", "required")
    if text.text is not None:
        _check_words(form, f"{field}.text", text.text, MOST_CHARACTERS)
    if text.variables and text.template is None:
        form.refuse(f"{field}.variables", "no_template")
    if len(text.variables) > VARIABLES:
        form.refuse(f"{field}.variables", "too_many", max=VARIABLES)
        return
    for number, each in enumerate(text.variables):
        _check_words(form, f"{field}.variables[{number}]", each, WHATSAPP)
    if text.media is not None and not is_url(text.media, "https"):
        form.refuse(f"{field}.media", "url_invalid")


def _check_push(form: Form, field: str, text: PushText) -> None:
    for each in broadcast_faults(BroadcastText(title=text.title, text=text.text, url=text.url)):
        form.refuse(f"{field}.{each.field}", each.code, **each.values)


def _check_templates(form: Form, field: str, text: Text, attributes: Mapping[str, Attribute]) -> None:
    for name, source in sources(text):
        try:
            variables = used(parse(source))
        except Broken as broken:
            form.refuse(f"{field}.{name}", broken.code, **broken.values)
            continue
        for variable in sorted(variables):
            if not is_known(variable, attributes):
                form.refuse(f"{field}.{name}", "variable_unknown", variable=variable[:100])
                break


def _try(
    form: Form,
    field: str,
    content: Content,
    language: Language,
    channel: Channel,
    attributes: Mapping[str, Attribute],
) -> None:
    try:
        Renderer(content, "x").render(shortest(attributes, language), channel)
    except RenderFailure as failure:
        match failure.code:
            case "too_long":
                if channel == "sms":
                    form.refuse(f"{field}.text", "too_many_segments", max=MOST_SEGMENTS)
                else:
                    said = text_of(content, language, channel)
                    longest = longest_whatsapp(said) if isinstance(said, WhatsAppText) else MOST_CHARACTERS
                    form.refuse(f"{field}.text", "too_long", max=longest)
            case "template_failed" | "variable_missing":
                form.refuse(f"{field}.text", "template_failed")
            case "text_empty" | "no_text":
                # What a condition leaves empty for one may say something to others.
                if not any("{%" in source for _, source in sources(text_of(content, language, channel) or _NONE)):
                    form.refuse(f"{field}.text", "required")


_NONE: Final = SmsText(text="")
