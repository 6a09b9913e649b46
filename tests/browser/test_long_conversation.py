"""A conversation of 10,000 messages scrolls smoothly: few rows in the page, nothing jumps, nothing is skipped."""

from statistics import median
from uuid import UUID

from playwright.async_api import Page, expect

from estafette import accounts, conversations
from estafette.base.ids import new_id
from estafette.base.settings import Settings
from estafette.cli.database import running
from estafette.main.database import open_database
from tests.browser.people import PASSWORD, Browsers, Installation, address, drawn
from tests.waiting import eventually

MESSAGES = 10_000
ROWS_AT_MOST = 400


async def long_conversation(installation: Installation) -> tuple[str, UUID]:
    """A new customer with 10,000 messages to the bookshop: their e-mail address and the conversation."""
    settings = Settings(data=installation.running.data)
    email = address()
    async with open_database(await running(settings), size=2) as database:
        person = await accounts.add_person(database, email, "Ann of many words", ("customer",), PASSWORD)
        async with database.transaction() as transaction:
            place = await conversations.open_storefront(transaction, person.id, UUID(installation.bookshop))
        for start in range(0, MESSAGES, 1_000):
            drafts = [
                conversations.Draft(
                    id=new_id(),
                    conversation_id=place,
                    person_id=person.id,
                    text=f"Message {number} " + "with some more words to fill a line " * (number % 5),
                )
                for number in range(start + 1, start + 1_001)
            ]
            async with database.transaction() as transaction:
                await conversations.append(transaction, drafts)
    return email, place


async def visible(page: Page) -> list[int]:
    """Ordinals of the rows in view."""
    return await page.evaluate(
        """() => [...document.querySelectorAll('[data-ordinal]')]
            .filter(row => { const box = row.getBoundingClientRect(); return box.bottom > 80 && box.top < innerHeight })
            .map(row => Number(row.dataset.ordinal))"""
    )


async def test_ten_thousand_messages_scroll_smoothly(browsers: Browsers) -> None:
    email, place = await long_conversation(browsers.installation)
    page = await browsers.signed_in(email)
    await page.goto(f"/messages/{place}")
    await expect(page.locator(f"[data-ordinal='{MESSAGES}']")).to_be_visible()
    await page.evaluate(
        """() => { window.frames_ms = []; let last = performance.now();
            const step = now => { window.frames_ms.push(now - last); last = now; requestAnimationFrame(step) };
            requestAnimationFrame(step) }"""
    )
    await page.mouse.move(900, 400)
    top = min(await visible(page))

    async def far_up() -> bool:
        nonlocal top
        await page.mouse.wheel(0, -700)
        await drawn(page)
        now = await visible(page)
        assert now, "the view is empty while scrolling"
        assert min(now) <= top + 3, "the view jumped"
        assert sorted(now) == list(range(min(now), max(now) + 1)), "messages are missing in between"
        top = min(now)
        return top < MESSAGES - 600

    await eventually(far_up, lambda: top)
    assert await page.locator("[data-ordinal]").count() <= ROWS_AT_MOST
    frames: list[float] = await page.evaluate("window.frames_ms")
    # The machine is small and shared: the usual frame must be quick, single ones may not be.
    assert median(frames) < 50
