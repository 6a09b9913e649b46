"""Employees at their browsers."""

from typing import Any
from uuid import uuid4

from playwright.async_api import Page

from tests.browser.people import PASSWORD


async def hired(admin: Page, origin: str, name: str) -> dict[str, Any]:
    """A new employee, made by an administrator."""
    person = {"name": name, "email": f"{uuid4().hex}@example.com", "password": PASSWORD, "roles": ["employee"]}
    answer = await admin.request.post("/api/v1/people", data=person, headers={"Origin": origin})
    assert answer.status == 201, await answer.text()
    return await answer.json()
