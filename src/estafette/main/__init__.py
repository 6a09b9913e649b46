"""The only wiring: it opens what there is, hands functions upwards, and starts web and worker processes."""

from functools import partial

from estafette.base.settings import Settings
from estafette.http.asgi import App
from estafette.main.demo import DEMO_ACCOUNTS, load_demo
from estafette.main.gateways import prepare_gateways
from estafette.main.opening import open_web
from estafette.main.people import add_person, create_token, setup_code
from estafette.main.working import run_worker
from estafette.web.application import application, described_alone
from estafette.web.documents import document
from estafette.web.identity import Identities
from estafette.web.instance import DemoAccount
from estafette.web.parts import Process
from estafette.web.throttle import Throttle

__all__ = [
    "DemoAccount",
    "add_person",
    "create_token",
    "load_demo",
    "openapi_document",
    "prepare_gateways",
    "run_worker",
    "setup_code",
    "web_app",
]


def web_app(settings: Settings, dsn: str, throttle: Throttle | None = None) -> App:
    """The ASGI application of one web process; it opens the database when it starts."""
    process = Process()
    identities = Identities(process.database)
    opening = partial(open_web, settings, dsn, identities)
    return application(settings, opening, identities, process, DEMO_ACCOUNTS, throttle)


def openapi_document() -> str:
    """The description of the HTTP API as JSON, the same for every installation."""
    return document(described_alone)
