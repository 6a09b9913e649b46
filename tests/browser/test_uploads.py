"""A large file goes up in parts: what has come stays through a break of the connection and a reload of the page."""

import os
from pathlib import Path

from playwright.async_api import Route, expect

from tests.browser.people import Browsers, at_the_bookshop, place_of, send

CONTENT = os.urandom(20_000_000)
ONCE_BACK = "Goes on once you are back online"


async def test_a_large_file_goes_on_after_a_break_and_a_reload(browsers: Browsers, tmp_path: Path) -> None:
    plan = tmp_path / "plan.bin"
    plan.write_bytes(CONTENT)
    ann = await at_the_bookshop(browsers)
    await send(ann, "Here is the plan")
    begun: list[str] = []
    ann.on("request", lambda each: begun.append(each.method) if each.url.endswith("/uploads") else None)

    async def breaks(route: Route) -> None:
        """After the first part there is no way through."""
        if route.request.method == "PATCH" and route.request.headers["upload-offset"] == "0":
            await route.continue_()
        else:
            await route.abort("connectionfailed")

    await ann.route("**/api/v1/uploads/*", breaks)
    await ann.locator("input[type=file]").set_input_files(plan)
    await expect(ann.get_by_text(ONCE_BACK)).to_be_visible()
    await ann.unroute("**/api/v1/uploads/*")
    await ann.reload()
    sent: list[str] = []
    ann.on("request", lambda each: sent.append(each.headers.get("upload-offset", "")))
    await ann.locator("input[type=file]").set_input_files(plan)
    await send(ann, "This one")
    await expect(ann.get_by_role("link", name="plan.bin")).to_be_visible()
    assert len(begun) == 1, "it is the same upload"
    assert "0" not in sent, "what had come was not sent again"
    assert any(sent)
    history = await ann.context.request.get(f"/api/v1/conversations/{await place_of(ann)}/messages")
    (file,) = [file for each in (await history.json())["items"] for file in each["attachments"]]
    assert await (await ann.context.request.get(f"/api/v1/files/{file['id']}")).body() == CONTENT
