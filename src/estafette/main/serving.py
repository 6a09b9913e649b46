"""The application of a web process, and the description of its API."""

from functools import partial

from estafette.base.settings import Settings
from estafette.http.asgi import App
from estafette.main.demo.people import DEMO_ACCOUNTS
from estafette.main.opening import open_web
from estafette.web.application import application, described_alone
from estafette.web.documents import document
from estafette.web.identity import Identities
from estafette.web.parts import Process
from estafette.web.throttle import Throttle


def web_app(settings: Settings, dsn: str, throttle: Throttle | None = None) -> App:
    """The ASGI application of one web process; it opens the database when it starts."""
    process = Process()
    identities = Identities(process.database)
    opening = partial(open_web, settings, dsn, identities)
    return application(settings, opening, identities, process, DEMO_ACCOUNTS, throttle)


def openapi_document() -> str:
    """The description of the HTTP API as JSON, the same for every installation."""
    return document(described_alone)
