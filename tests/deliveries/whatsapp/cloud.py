"""The other side: takes messages as the Cloud API of Meta does, and reports with true signatures."""

import hmac
import json
from typing import Any

import httpx
from aiohttp import web

from estafette.deliveries.models.transport import Callback

NUMBER, ACCOUNT = "106540352242922", "102290129340398"
TOKEN, SECRET, WORD = "EAAGtoken", "an app's secret", "a word"
SETTINGS = {"phone_number_id": NUMBER, "business_account_id": ACCOUNT}
CREDENTIALS = {"access_token": TOKEN, "app_secret": SECRET, "verify_token": WORD}
NOW = 1_800_000_000
AHEAD = ("sent", "delivered", "read")

Json = dict[str, Any]


class Cloud:
    """A number of a business account; answers with one error after the other when it is told to."""

    def __init__(self, *errors: tuple[int, Any]) -> None:
        self.messages: list[Json] = []
        self.templates: list[Json] = []
        self.wa_ids: dict[str, str] = {}
        self.asked_for_templates = 0
        self._errors = list(errors)

    def fails_with(self, status: int, said: Any) -> None:
        """The next request is answered so: with an error code, or with what is no error of theirs at all."""
        self._errors.append((status, said))

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Answers a request as the Graph API would."""
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return failure(401, 190, "Invalid OAuth access token")
        if request.method == "GET" and request.path == f"/v23.0/{NUMBER}":
            return web.json_response({"id": NUMBER, "verified_name": "Estafette", "quality_rating": "GREEN"})
        if self._errors:
            status, said = self._errors.pop(0)
            if isinstance(said, int):
                return failure(status, said, "what is wrong")
            return web.Response(status=status, text=said, headers={"Retry-After": "7"} if said == "slow down" else None)
        if request.method == "GET" and request.path == f"/v23.0/{ACCOUNT}/message_templates":
            return self._page(request)
        if request.method != "POST" or request.path != f"/v23.0/{NUMBER}/messages":
            return failure(400, 100, "Unsupported request")
        message = await request.json()
        if message.get("messaging_product") != "whatsapp" or message.get("type") not in message:
            return failure(400, 131008, "Required parameter is missing")
        self.messages.append(message)
        to = message["to"]
        contact = {"input": to, "wa_id": self.wa_ids.get(to, to)}
        answer = {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": wamid(self.messages)}]}
        return web.json_response(answer)

    def _page(self, request: web.Request) -> web.Response:
        self.asked_for_templates += 1
        begin, limit = int(request.query.get("after") or 0), int(request.query["limit"])
        items, end = self.templates[begin : begin + limit], begin + limit
        paging = {"cursors": {"after": str(end)}, "next": "https://elsewhere.invalid/"} if self.templates[end:] else {}
        return web.json_response({"data": items, "paging": paging})


def wamid(messages: list[Json]) -> str:
    return f"wamid.HBgL{len(messages):020}"


def failure(status: int, code: int, message: str) -> web.Response:
    error = {
        "message": f"(#{code}) {message}",
        "type": "OAuthException",
        "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": "More of it."},
        "fbtrace_id": "AxYz",
    }
    return web.Response(status=status, text=json.dumps({"error": error}), content_type="application/json")


def status(id_: str, said: str, *, at: int = NOW, error: int | None = None, recipient: str = "33612345678") -> Json:
    """What became of a message."""
    found: Json = {"id": id_, "status": said, "timestamp": str(at), "recipient_id": recipient}
    if error is not None:
        found["errors"] = [{"code": error, "title": "A title", "error_data": {"details": "More of it."}}]
    return found


def advanced(id_: str, *, at: int = NOW) -> list[Json]:
    """All that becomes of a message, step by step."""
    return [status(id_, said, at=at + second) for second, said in enumerate(AHEAD)]


def text(words: str, *, sender: str = "33612345678", id_: str = "wamid.in1", at: int = NOW) -> Json:
    """What somebody wrote."""
    return {"from": sender, "id": id_, "timestamp": str(at), "type": "text", "text": {"body": words}}


def body(*values: Json, number: str = NUMBER) -> bytes:
    """The body of a webhook with an entry for each value: `statuses`, or `messages` with `contacts`."""
    metadata = {"display_phone_number": "15550783881", "phone_number_id": number}
    entries = [
        {
            "id": ACCOUNT,
            "changes": [{"field": "messages", "value": {"messaging_product": "whatsapp", "metadata": metadata} | each}],
        }
        for each in values
    ]
    return json.dumps({"object": "whatsapp_business_account", "entry": entries}).encode()


def signed(content: bytes, *, secret: str = SECRET) -> dict[str, str]:
    """The headers of a webhook."""
    found = hmac.new(secret.encode(), content, "sha256").hexdigest()
    return {"content-type": "application/json", "x-hub-signature-256": f"sha256={found}"}


def webhook(*values: Json, secret: str = SECRET, number: str = NUMBER) -> Callback:
    """A webhook as it comes in."""
    content = body(*values, number=number)
    return Callback(url="https://estafette.example/c", headers=signed(content, secret=secret), body=content)


async def post(client: httpx.AsyncClient, url: str, *values: Json) -> httpx.Response:
    """Reports to a real server."""
    content = body(*values)
    return await client.post(url, content=content, headers=signed(content))


def template(name: str, words: str, *, language: str = "en_US", state: str = "APPROVED", **more: Any) -> Json:
    """A template as it is listed; `components` beside its body."""
    components = [{"type": "BODY", "text": words}, *more.pop("components", [])]
    usual = {"name": name, "language": language, "status": state, "category": "UTILITY", "components": components}
    return usual | more
