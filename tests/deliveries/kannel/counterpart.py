"""The other side: takes messages as Kannel's smsbox does, and fills in the addresses that it reports to."""

from typing import Any
from urllib.parse import quote_plus

from aiohttp import web

from estafette.deliveries.models.transport import Callback

USER, PASSWORD = "estafette", "a-password"
PATH = "/cgi-bin/sendsms"


class Counterpart:
    """A Kannel with one user; answers with one error after the other when it is told to."""

    def __init__(self, *errors: tuple[int, str], taken: tuple[int, str] = (202, "0: Accepted for delivery")) -> None:
        self.messages: list[dict[str, Any]] = []
        self.greetings = 0
        self._errors = list(errors)
        self._taken = taken

    async def take(self, request: web.Request) -> web.StreamResponse:
        if request.path != PATH:
            return web.Response(status=404, text="Unknown request.")
        headers = {name.lower(): value for name, value in request.headers.items()}
        text = (await request.read()).decode(request.charset or "ascii")
        if (headers.get("x-kannel-username"), headers.get("x-kannel-password")) != (USER, PASSWORD):
            return web.Response(status=403, text="Authorization failed for sendsms")
        if "x-kannel-to" not in headers:
            self.greetings += 1
            return web.Response(status=400, text="Missing receiver(s) number(s), rejected")
        if self._errors:
            status, said = self._errors.pop(0)
            again = {"Retry-After": "7"} if status == 429 or "Retry-After" in said else {}
            return web.Response(status=status, text=said, headers=again)
        ours = {name.removeprefix("x-kannel-"): value for name, value in headers.items() if "x-kannel" in name}
        self.messages.append({"text": text, "method": request.method, **ours})
        status, said = self._taken
        return web.Response(status=status, text=said)


def report(dlr_url: str, status: int, said: str = "", smsc: str = "42") -> Callback:
    """What Kannel fetches to report: the address it was given, its places filled in."""
    filled = dlr_url.replace("%d", str(status)).replace("%F", smsc).replace("%A", quote_plus(said))
    return Callback(url=filled.replace("%%", "%"), headers={}, body=b"")
