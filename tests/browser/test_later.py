"""Later: a message goes out at its time, and the bell rings for what one wants to be reminded of."""

from playwright.async_api import Page, expect

from estafette.base.postgres import reach
from estafette.main.database import open_database
from tests.browser.people import Browsers, at_the_bookshop, bubble, composer, place_of, send
from tests.waiting import eventually


async def time_passes(browsers: Browsers) -> None:
    """What is put off has its time now."""
    dsn = reach(browsers.installation.running.data / "postgres")
    assert dsn is not None
    async with open_database(dsn, size=1) as database:
        await database.execute("UPDATE scheduled_messages SET due_at = now() WHERE failure IS NULL")
        await database.execute("UPDATE reminders SET due_at = now()")


async def in_the_conversation(browsers: Browsers) -> Page:
    """A customer in a conversation of her own."""
    ann = await at_the_bookshop(browsers)
    await send(ann, "Hello")
    await ann.goto(f"/messages/{await place_of(ann)}")
    await expect(bubble(ann, "Hello")).to_be_visible()
    return ann


async def test_a_message_is_scheduled_changed_and_sent_at_its_time(browsers: Browsers) -> None:
    ann = await in_the_conversation(browsers)
    await composer(ann).fill("See you tomrrow")
    await ann.get_by_role("button", name="Send later").click()
    await ann.get_by_role("menuitem", name="In 1 hour").press("Enter")
    await expect(composer(ann)).to_have_value("")
    line = ann.get_by_role("button", name="1 message will be sent")
    await line.click()
    waiting = ann.get_by_role("dialog", name="Scheduled messages")
    await waiting.get_by_role("button", name="Actions: See you tomrrow").click()
    await ann.get_by_role("menuitem", name="Change").click()
    await ann.get_by_label("Message", exact=True).last.fill("See you tomorrow")
    await ann.get_by_role("button", name="Save").click()
    await expect(waiting).to_contain_text("See you tomorrow")
    await ann.keyboard.press("Escape")
    await expect(bubble(ann, "See you tomorrow")).to_have_count(0)
    await time_passes(browsers)
    await expect(bubble(ann, "See you tomorrow")).to_be_visible()
    await expect(line).to_have_count(0)


async def test_the_bell_reminds_of_a_message_and_leads_to_it(browsers: Browsers) -> None:
    ann = await in_the_conversation(browsers)
    await bubble(ann, "Hello").hover()
    await bubble(ann, "Hello").get_by_role("button", name="Message actions").click()
    await ann.get_by_role("menuitem", name="Remind me").click()
    await ann.get_by_role("menuitem", name="In 20 minutes").press("Enter")
    await expect(ann.get_by_text("You will be reminded today")).to_be_visible()
    await ann.goto("/later")
    await expect(ann.get_by_role("link", name="Hello")).to_be_visible()
    await time_passes(browsers)
    await expect(ann.get_by_text("No reminders")).to_be_visible()
    await ann.goto("/notifications")
    told = ann.get_by_role("link", name="Reminder:")
    await eventually(told.count)
    await told.click()
    await expect(bubble(ann, "Hello")).to_be_visible()


async def test_what_was_begun_on_one_device_goes_on_at_another_and_goes_when_it_is_sent(browsers: Browsers) -> None:
    ann = await in_the_conversation(browsers)
    other = await (await browsers.browser(cookies=await ann.context.storage_state())).new_page()
    await other.goto(ann.url)
    await expect(bubble(other, "Hello")).to_be_visible()
    await composer(ann).press_sequentially("Half a thought")
    await expect(composer(other)).to_have_value("Half a thought")
    await composer(other).press("End")
    await composer(other).press_sequentially(" more")
    await expect(composer(ann)).to_have_value("Half a thought more")
    await composer(ann).press("Enter")
    await expect(bubble(other, "Half a thought more")).to_be_visible()
    await expect(composer(other)).to_have_value("")
