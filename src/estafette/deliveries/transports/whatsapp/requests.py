"""How to ask the Cloud API: its addresses, its sign-in, and a message as JSON."""

import re
from typing import Any, Final
from urllib.parse import quote, urlsplit

import msgspec

from estafette.deliveries.models.messages import ClaimedMessage
from estafette.deliveries.transports.whatsapp.settings import Credentials, Settings

VARIABLE: Final = 1_024
_ENDINGS: Final = {
    "image": ("jpg", "jpeg", "png", "webp"),
    "video": ("mp4", "3gp"),
    "audio": ("aac", "amr", "mp3", "m4a", "ogg", "opus"),
}
# A variable with a line break, a tab or more than four spaces running is refused.
_SPACES: Final = re.compile(r"[\n\r\t\u2028\u2029]+| {4,}")


class NothingToSend(Exception):
    """There are neither words that this recipient may get now nor a template."""


class WhatsAppRequests:
    """A number of a business account, and how it is reached."""

    def __init__(self, settings: Settings, credentials: Credentials) -> None:
        self._settings = settings
        self._number_url = f"{settings.base_url.rstrip('/')}/{quote(settings.phone_number_id, safe='')}"
        self.messages_url = f"{self._number_url}/messages"
        self.headers = {
            "Authorization": f"Bearer {credentials.access_token}",
            "Accept": "application/json",
            "Content-Type": "application/json",
        }

    @property
    def number_url(self) -> str:
        """Where the number itself is."""
        return f"{self._number_url}?fields=display_phone_number,verified_name,quality_rating"

    def templates_url(self, after: str = "") -> str:
        """Where the templates of the account are, the page behind a cursor."""
        settings = self._settings
        page = f"&after={quote(after, safe='')}" if after else ""
        fields = "name,language,category,status,components,parameter_format"
        account = quote(settings.business_account_id, safe="")
        return f"{settings.base_url.rstrip('/')}/{account}/message_templates?fields={fields}&limit=50{page}"

    def body(self, claimed: ClaimedMessage) -> bytes:
        """A message as the body of a request; raises NothingToSend when it may not be sent to this recipient now."""
        options = claimed.options
        head: dict[str, Any] = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": claimed.recipient.removeprefix("+"),
            # Told again with each status: a message whose answer was lost is known by it.
            "biz_opaque_callback_data": claimed.own_name,
        }
        if claimed.window_open and (claimed.text or (options.media and options.template is None)):
            return msgspec.json.encode(head | _words(claimed.text, options.media))
        if options.template is not None:
            return msgspec.json.encode(head | _template(claimed, options.template, options.variables))
        if options.notice and self._settings.notice_template:
            return msgspec.json.encode(head | _template(claimed, self._settings.notice_template, (claimed.text,)))
        raise NothingToSend


def _words(text: str, media: str | None) -> dict[str, Any]:
    if media is None:
        return {"type": "text", "text": {"preview_url": True, "body": text}}
    kind = kind_of(media)
    # A sound has no words beneath it.
    shown = {"link": media} | ({"caption": text} if text and kind != "audio" else {})
    return {"type": kind, kind: shown | _file_name(kind, media)}


def _template(claimed: ClaimedMessage, name: str, variables: tuple[str, ...]) -> dict[str, Any]:
    options, known = claimed.options, claimed.template
    components: list[dict[str, Any]] = []
    if options.media is not None:
        header = known.header.lower() if known and known.header in ("IMAGE", "VIDEO", "DOCUMENT") else None
        kind = header or kind_of(options.media)
        value = {"link": options.media} | _file_name(kind, options.media)
        components.append({"type": "header", "parameters": [{"type": kind, kind: value}]})
    if variables:
        places = known.places if known else ()
        components.append({"type": "body", "parameters": _parameters(variables, places)})
    language = known.language if known else options.template_language or "en"
    template: dict[str, Any] = {"name": name, "language": {"policy": "deterministic", "code": language}}
    return {"type": "template", "template": template | ({"components": components} if components else {})}


def _parameters(variables: tuple[str, ...], places: tuple[str, ...]) -> list[dict[str, str]]:
    """Places are numbers, or have names, which are told then."""
    named = len(places) == len(variables) and any(not each.isdigit() for each in places)
    parameters = [{"type": "text", "text": one_line(each)} for each in variables]
    if not named:
        return parameters
    return [each | {"parameter_name": place} for each, place in zip(parameters, places, strict=True)]


def one_line(text: str) -> str:
    """A variable as it is taken: in one line, without wide gaps."""
    return _SPACES.sub(" ", text).strip()[:VARIABLE]


def kind_of(url: str) -> str:
    """What an address leads to, by its ending: image, video, audio, or else document."""
    ending = urlsplit(url).path.rpartition(".")[2].lower()
    return next((kind for kind, endings in _ENDINGS.items() if ending in endings), "document")


def _file_name(kind: str, url: str) -> dict[str, str]:
    name = urlsplit(url).path.rpartition("/")[2]
    return {"filename": name[:240]} if kind == "document" and name else {}
