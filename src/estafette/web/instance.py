"""What anybody may know of this installation."""

from collections.abc import Sequence
from typing import Final

import msgspec

import estafette
from estafette import accounts
from estafette.base.database import Database
from estafette.base.languages import LANGUAGES, Language
from estafette.base.settings import Settings
from estafette.http import Endpoint, get

MAX_TEXT: Final = 10_000


class DemoAccount(msgspec.Struct, frozen=True):
    """Somebody who may be tried out; only with --demo."""

    email: str
    password: str
    role: str
    name: str


class Instance(msgspec.Struct, frozen=True, kw_only=True):
    """The installation: its version, its limits, and whether the first administrator is still missing."""

    name: str
    version: str
    setup_needed: bool
    languages: Sequence[Language]
    max_file_bytes: int
    max_text: int
    demo: bool
    demo_accounts: list[DemoAccount]


def instance(demo_accounts: Sequence[DemoAccount]) -> Endpoint:
    """The endpoint that tells it."""

    @get("/instance", tags=["Instance"], summary="This installation", operation_id="getInstance")
    async def get_instance(database: Database, settings: Settings) -> Instance:
        """Name, version, limits; `setup_needed` until the first administrator is there. Needs no sign-in."""
        return await describe(database, settings, demo_accounts)

    return get_instance


async def describe(database: Database, settings: Settings, demo_accounts: Sequence[DemoAccount]) -> Instance:
    """The installation as anybody may know it."""
    return Instance(
        name="Estafette",
        version=estafette.__version__,
        setup_needed=await accounts.setup_code(database) is not None,
        languages=LANGUAGES,
        max_file_bytes=settings.max_file_bytes,
        max_text=MAX_TEXT,
        demo=settings.demo,
        demo_accounts=await _who_lives_here(database, demo_accounts) if settings.demo else [],
    )


async def _who_lives_here(database: Database, demo: Sequence[DemoAccount]) -> list[DemoAccount]:
    """The demo's people, unless there were people before the demo came."""
    return list(demo) if demo and await accounts.find_by_email(database, demo[0].email) else []
