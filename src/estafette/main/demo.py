"""Demo data."""

from collections.abc import Sequence
from typing import Final

from estafette.web.instance import DemoAccount

DEMO_ACCOUNTS: Final[tuple[DemoAccount, ...]] = ()


async def load_demo(dsn: str) -> Sequence[DemoAccount]:
    """Fills an empty installation."""
    return DEMO_ACCOUNTS
