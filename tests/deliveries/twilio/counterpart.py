"""The other side: takes messages as Twilio does, and reports with signatures made by Twilio's own library."""

import json
from base64 import b64encode
from typing import Any
from urllib.parse import parse_qs, urlencode

from aiohttp import web
from twilio.request_validator import RequestValidator

from estafette.deliveries.models.transport import Callback

SID, TOKEN = "AC00000000000000000000000000000001", "a secret"


class Counterpart:
    """An account; answers with one error after the other when it is told to."""

    def __init__(self, *errors: tuple[int, Any], token: str = TOKEN, shows_account: bool = True) -> None:
        self.messages: list[dict[str, list[str]]] = []
        self._errors = list(errors)
        self._token = token
        self._shows_account = shows_account

    async def take(self, request: web.Request) -> web.StreamResponse:
        pair = b64encode(f"{SID}:{self._token}".encode()).decode()
        if request.headers["Authorization"] != f"Basic {pair}":
            return failure(401, 20003, "Authenticate")
        if request.method == "GET" and request.path == f"/2010-04-01/Accounts/{SID}.json":
            return web.json_response({"sid": SID}) if self._shows_account else web.Response(status=404)
        if request.path != f"/2010-04-01/Accounts/{SID}/Messages.json":
            return failure(404, 20404, "The requested resource was not found")
        form = parse_qs((await request.read()).decode(), keep_blank_values=True)
        if self._errors:
            status, said = self._errors.pop(0)
            if isinstance(said, int):
                return failure(status, said, "what is wrong")
            return web.Response(status=status, text=said, headers={"Retry-After": "7"} if said == "slow down" else None)
        self.messages.append(form)
        sid = f"SM{len(self.messages):032x}"
        return web.json_response({"sid": sid, "status": "queued", "error_code": None}, status=201)


def failure(status: int, code: int, message: str) -> web.Response:
    body = {
        "code": code,
        "message": message,
        "status": status,
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
    }
    return web.Response(status=status, text=json.dumps(body), content_type="application/json")


def report(url: str, *, token: str = TOKEN, signed_url: str | None = None, **fields: str) -> Callback:
    """A callback with the signature that Twilio's own library makes for it."""
    right = RequestValidator(token).compute_signature(signed_url or url, fields)
    return Callback(url=url, headers={"x-twilio-signature": str(right)}, body=urlencode(fields).encode())
