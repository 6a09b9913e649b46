"""What a communication says to one client: its templates are read once, rendered for each."""

import re
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Final, Protocol
from uuid import UUID

from liquid.template import BoundTemplate

from estafette.base.brief import brief
from estafette.base.languages import Language
from estafette.base.visible import is_visible
from estafette.communications.models.content import Channel, Content, EmailText, PushText, SmsText, WhatsAppText
from estafette.communications.models.rendering import Rendered, RenderFailure
from estafette.communications.rules.choosing import language_for, text_of
from estafette.communications.rules.letters import Compiled, compiled, filled_html, filled_text
from estafette.communications.rules.preferences import Links
from estafette.communications.rules.templates import parse, render, render_marked
from estafette.deliveries import Options, extent

MOST_SEGMENTS: Final = 10
SUBJECT: Final = 250
SENDER_NAME: Final = 100
WHATSAPP: Final = 4_096
CAPTION: Final = 1_024
"""What WhatsApp takes beside a picture, film or document."""
WHATSAPP_VARIABLE: Final = 1_024
MAIL: Final = 200_000
LETTERS: Final = 64
"""Letters that are kept put together: one for each set of passages that clients get."""
# None of these is in the alphabet of text messages; one of them would halve what fits into a segment.
_SPACES: Final = str.maketrans("\u00a0\u202f\u2009", "   ")
_LINE: Final = re.compile(r"\s+")
_NO_LINKS: Final = Links(page="", one_click=None)


class Reader(Protocol):
    """A client, as far as texts may speak of it."""

    @property
    def id(self) -> UUID: ...  # noqa: D102
    @property
    def external_id(self) -> str | None: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def email(self) -> str | None: ...  # noqa: D102
    @property
    def phone(self) -> str | None: ...  # noqa: D102
    @property
    def language(self) -> Language | None: ...  # noqa: D102
    @property
    def attributes(self) -> Mapping[str, Any]: ...  # noqa: D102


class Renderer:
    """Renders a communication for one client after the other; it keeps what it has read of the templates."""

    def __init__(self, content: Content, organisation: str) -> None:
        self._content = content
        self._organisation = organisation
        self._templates: dict[str, BoundTemplate] = {}
        self._letters: OrderedDict[tuple[Language, str], Compiled] = OrderedDict()

    def render(self, client: Reader, channel: Channel, links: Links = _NO_LINKS) -> Rendered:
        """What goes out to a client by a channel; raises RenderFailure when nothing can."""
        language = language_for(self._content, channel, client.language)
        text = text_of(self._content, language, channel)
        values = self._values(client, language, links)
        match text:
            case EmailText():
                return self._letter(text, values, language, links)
            case SmsText():
                return self._text_message(text, values)
            case WhatsAppText():
                return self._whatsapp(text, values, language)
            case PushText():
                return Rendered(text=text.text, subject=text.title, options=Options(url=text.url))
            case None:
                raise RenderFailure("no_text")

    def _values(self, client: Reader, language: Language, links: Links) -> dict[str, Any]:
        return {
            "name": client.name or None,
            "email": client.email,
            "phone": client.phone,
            "external_id": client.external_id,
            "language": language,
            "attributes": _Attributes(client.attributes),
            "organisation": self._organisation,
            "unsubscribe_url": links.page,
            "preferences_url": links.page,
        }

    def _letter(self, text: EmailText, values: dict[str, Any], language: Language, links: Links) -> Rendered:
        subject = brief(_one_line(render(self._template(text.subject), values)), SUBJECT)
        marked, places = render_marked(self._template(text.text), values)
        if not is_visible(subject) or not is_visible(marked):
            raise RenderFailure("text_empty")
        letter = self._compiled(marked, language, len(places))
        places += [subject, links.page, links.page]
        plain, html = filled_text(letter.text, places), filled_html(letter.html, places)
        if len(plain) > MAIL or len(html) > MAIL:
            raise RenderFailure("too_long")
        options = Options(unsubscribe_url=links.one_click, sender_name=self._organisation[:SENDER_NAME])
        return Rendered(subject=subject, text=plain, html=html, options=options)

    def _compiled(self, marked: str, language: Language, places: int) -> Compiled:
        key = (language, marked)
        if key not in self._letters:
            self._letters[key] = compiled(marked, language, self._organisation, places)
            if len(self._letters) > LETTERS:
                self._letters.popitem(last=False)
        self._letters.move_to_end(key)
        return self._letters[key]

    def _text_message(self, text: SmsText, values: dict[str, Any]) -> Rendered:
        said = render(self._template(text.text), values).translate(_SPACES).strip()
        if not is_visible(said):
            raise RenderFailure("text_empty")
        # More than fits into a letter of UCS-2 is too much in every alphabet.
        if len(said) > MOST_SEGMENTS * 160 or (room := extent(said)).segments > MOST_SEGMENTS:
            raise RenderFailure("too_long")
        return Rendered(text=said, segments=room.segments, encoding=room.encoding)

    def _whatsapp(self, text: WhatsAppText, values: dict[str, Any], language: Language) -> Rendered:
        said = render(self._template(text.text), values).strip() if text.text else ""
        # Meta refuses variables with line breaks, tabs, and more than four spaces in a row.
        variables = tuple(_one_line(render(self._template(each), values)) for each in text.variables)
        if not text.template and not is_visible(said) and not text.media:
            raise RenderFailure("text_empty")
        if text.template and not all(map(is_visible, variables)):
            raise RenderFailure("text_empty")
        if len(said) > longest_whatsapp(text) or any(len(each) > WHATSAPP_VARIABLE for each in variables):
            raise RenderFailure("too_long")
        template = Options(template=text.template, template_language=language, variables=variables, media=text.media)
        return Rendered(text=said, options=template if text.template else Options(media=text.media))

    def _template(self, source: str) -> BoundTemplate:
        if source not in self._templates:
            self._templates[source] = parse(source)
        return self._templates[source]


def longest_whatsapp(text: WhatsAppText) -> int:
    """How many characters of a text WhatsApp takes."""
    return WHATSAPP if text.media is None else CAPTION


class _Attributes(dict[str, Any]):
    """The attributes of a client; those that it does not have are None, and an empty one is none."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        super().__init__({key: value for key, value in given.items() if value != ""})

    def __missing__(self, key: str) -> None:
        return None


def _one_line(text: str) -> str:
    return _LINE.sub(" ", "".join(each if each.isprintable() else " " for each in text)).strip()
