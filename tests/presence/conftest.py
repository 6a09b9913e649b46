"""Three employees, and a customer."""

from dataclasses import dataclass

import pytest_asyncio

from estafette.accounts import SignedIn
from estafette.base.database import Database
from tests.world import sign_in


@dataclass
class Staff:
    """Everybody by name."""

    database: Database
    gina: SignedIn
    hugo: SignedIn
    ida: SignedIn
    ann: SignedIn  # a customer


@pytest_asyncio.fixture
async def staff(database: Database) -> Staff:
    """They are there, and nobody is connected."""
    employees = [
        await sign_in(database, f"{name.lower()}@example.com", name, "employee") for name in ("Gina", "Hugo", "Ida")
    ]
    return Staff(database, *employees, ann=await sign_in(database, "ann@example.com", "Ann"))
