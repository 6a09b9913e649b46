"""Writing: keys, drafts, files, being offline; nothing is lost and nothing goes out twice."""

import io
import re
from typing import Any

from PIL import Image
from playwright.async_api import expect

from tests.browser.people import Browsers, at_the_bookshop, bubble, composer, messages_of, name_of, say

# A message goes to a conversation, or to the partner that the storefront is of.
SENDING = re.compile(r"/api/v1/conversations(/[^/?]+/messages)?$")


async def test_enter_sends_and_shift_enter_breaks_the_line(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    await composer(ann).press_sequentially("one")
    await composer(ann).press("Shift+Enter")
    await composer(ann).press_sequentially("two")
    await composer(ann).press("Enter")
    await expect(bubble(ann, "two")).to_be_visible()
    await expect(composer(ann)).to_have_value("")
    await expect(bubble(ann, "two").get_by_label("Sent", exact=True)).to_be_visible()
    assert await messages_of(ann) == ["one\ntwo"]


async def test_a_draft_survives_a_reload(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    await say(ann, "Hello")
    await composer(ann).fill("half a thou")
    await ann.reload()
    await expect(composer(ann)).to_have_value("half a thou")


async def test_what_was_written_offline_goes_out_once_even_after_the_tab_was_closed(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    await say(ann, "Before the tunnel")
    await expect(bubble(ann, "Before the tunnel").get_by_label("Sent", exact=True)).to_be_visible()
    context = ann.context
    await context.set_offline(True)
    await say(ann, "In the tunnel")
    await expect(ann.get_by_text("No connection").first).to_be_visible()
    await ann.close()
    await context.set_offline(False)
    back = await context.new_page()
    await back.goto("/messages")
    item = back.locator("[data-conversation]").first
    await expect(item).to_contain_text("In the tunnel")
    await item.click()
    await expect(bubble(back, "In the tunnel").get_by_label("Sent", exact=True)).to_be_visible()
    await expect(bubble(back, "In the tunnel")).to_have_count(1)
    assert await messages_of(back) == ["Before the tunnel", "In the tunnel"]


async def test_an_answer_that_was_lost_does_not_double_the_message(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    await say(ann, "Hello")
    await expect(bubble(ann, "Hello").get_by_label("Sent", exact=True)).to_be_visible()
    cut = []

    async def lose_the_answer(route: Any) -> None:
        if route.request.method == "POST" and not cut:
            cut.append(await route.fetch())  # the server has stored it
            await route.abort()
        else:
            await route.continue_()

    await ann.route(SENDING, lose_the_answer)
    await say(ann, "Only once")
    await expect(bubble(ann, "Only once").get_by_label("Sent", exact=True)).to_be_visible()
    await expect(bubble(ann, "Only once")).to_have_count(1)
    assert cut
    assert (await messages_of(ann)).count("Only once") == 1


async def test_a_refused_message_says_so_and_can_be_sent_again(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    await say(ann, "Hello")
    await expect(bubble(ann, "Hello").get_by_label("Sent", exact=True)).to_be_visible()

    async def refuse(route: Any) -> None:
        if route.request.method != "POST":
            await route.continue_()
            return
        await route.fulfill(
            status=422,
            content_type="application/problem+json",
            body='{"title":"Not today","detail":"Not today","status":422,"code":"invalid","request_id":"r"}',
        )

    await ann.route(SENDING, refuse)
    await say(ann, "Try me")
    await expect(ann.get_by_role("alert").filter(has_text="Not today")).to_be_visible()
    await ann.unroute(SENDING)
    await ann.get_by_role("button", name="Send again").click()
    await expect(bubble(ann, "Try me").get_by_label("Sent", exact=True)).to_be_visible()


async def test_an_image_is_shown_and_a_file_can_be_fetched_by_the_other_side(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    picture = io.BytesIO()
    Image.new("RGB", (640, 400), (236, 72, 153)).save(picture, "PNG")
    await ann.locator("input[type=file]").set_input_files(
        [
            {"name": "sunset.png", "mimeType": "image/png", "buffer": picture.getvalue()},
            {"name": "list.txt", "mimeType": "text/plain", "buffer": b"a globe\nan atlas"},
        ]
    )
    await say(ann, "Two files")
    await expect(bubble(ann, "Two files").get_by_label("Sent", exact=True)).to_be_visible()
    oliver = await browsers.signed_in("oliver@harbourpage.example")
    await oliver.goto(f"/inbox/{browsers.installation.bookshop}")
    await oliver.locator("[data-conversation]").filter(has_text=await name_of(ann)).click()
    image = bubble(oliver, "Two files").get_by_role("img", name="sunset.png")
    await expect(image).to_be_visible()
    assert await image.evaluate("image => image.naturalWidth > 0") or await image.evaluate("i => i.complete")
    async with oliver.expect_download() as download:
        await bubble(oliver, "list.txt").get_by_role("link", name="list.txt").click()
    assert (await (await download.value).path()).read_bytes() == b"a globe\nan atlas"


async def test_html_and_scripts_stay_text(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    evil = '<img src=x onerror="window.hit=1"><script>window.hit=1</script> [link](javascript:window.hit=1)'
    await composer(ann).fill(evil)
    await composer(ann).press("Enter")
    shown = bubble(ann, "<script>window.hit=1</script>")
    await expect(shown).to_be_visible()
    assert await shown.locator("a[href^=javascript]").count() == 0
    assert await shown.locator("img[src=x], script").count() == 0
    assert await ann.evaluate("window.hit") is None


async def test_small_markup_is_rendered(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    await composer(ann).fill("**bold** and *slanted* and `code`, see https://example.com/a?b=1\n- one\n- two\n\n> said")
    await composer(ann).press("Enter")
    shown = bubble(ann, "slanted")
    await expect(shown.locator("strong")).to_have_text("bold")
    await expect(shown.locator("em")).to_have_text("slanted")
    await expect(shown.locator("code")).to_have_text("code")
    await expect(shown.locator("li")).to_have_count(2)
    await expect(shown.locator("blockquote")).to_contain_text("said")
    link = shown.get_by_role("link", name="https://example.com/a?b=1")
    assert await link.get_attribute("href") == "https://example.com/a?b=1"
    assert "noopener" in (await link.get_attribute("rel") or "")


async def test_words_that_are_a_link_say_where_they_lead_and_the_keyboard_gets_there(browsers: Browsers) -> None:
    ann = await at_the_bookshop(browsers)
    evil = "[run](javascript:window.hit=1) [data](data:text/html,x)"
    await composer(ann).fill(f"[your bank](https://evil.example/login) and {evil}")
    await composer(ann).press("Enter")
    shown = bubble(ann, "your bank")
    link = shown.get_by_role("link")
    await expect(link).to_have_count(1)
    await expect(link).to_have_text("your bank (evil.example)")
    assert await link.get_attribute("href") == await link.get_attribute("title") == "https://evil.example/login"
    assert await link.get_attribute("rel") == "noopener noreferrer nofollow"
    await expect(shown.get_by_label("Sent", exact=True)).to_be_visible()
    await expect(composer(ann)).to_be_focused()  # it takes the focus back once the message is on its way
    for _ in range(12):
        await ann.keyboard.press("Shift+Tab")
        if await link.evaluate("link => link === document.activeElement"):
            break
    await expect(link).to_be_focused()


async def test_the_composer_formats_with_a_finger_and_tells_what_one_can_write(browsers: Browsers) -> None:
    ann = await browsers.newcomer(width=390)
    await ann.goto(f"/partner/{browsers.installation.bookshop}")
    await ann.get_by_role("button", name="Write a message").click()
    await composer(ann).fill("Until eight")
    await composer(ann).select_text()
    await ann.get_by_role("button", name="Formatting").click()
    await ann.get_by_role("button", name="Bold", exact=True).click()
    await expect(composer(ann)).to_be_focused()
    await expect(composer(ann)).to_have_value("**Until eight**")
    await composer(ann).press("Control+z")
    await expect(composer(ann)).to_have_value("Until eight")
    await ann.get_by_role("button", name="What you can write").click()
    told = ann.get_by_role("group", name="What you can write")
    await expect(told).to_contain_text("[a link](https://example.com)")
    await expect(told.get_by_role("link", name="a link (example.com)")).to_be_visible()
    await ann.keyboard.press("Escape")
    await expect(told).to_be_hidden()


async def test_back_closes_the_chat_of_a_phone_before_the_page_and_a_draft_opens_it_again(browsers: Browsers) -> None:
    storefront = f"/partner/{browsers.installation.bookshop}"
    ann = await browsers.newcomer(width=390)
    await ann.goto("/profile")
    await ann.goto(storefront)
    sheet = ann.get_by_role("dialog", name="Chat with Harbour & Page")
    for close in (ann.go_back, ann.get_by_role("button", name="Close", exact=True).click):
        await ann.get_by_role("button", name="Write a message").click()
        await expect(composer(ann)).to_be_visible()
        await close()
        await expect(sheet).to_be_hidden()
        await expect(ann).to_have_url(re.compile(f"{storefront}$"))
    await ann.get_by_role("button", name="Write a message").click()
    await composer(ann).fill("Half a thought")
    await ann.reload()
    await expect(composer(ann)).to_have_value("Half a thought")
    await ann.go_back()
    await expect(sheet).to_be_hidden()
    await ann.go_back()
    await expect(ann).to_have_url(re.compile("/profile$"))
    # Whoever opens the page anew goes on, too.
    await ann.goto(storefront)
    await expect(composer(ann)).to_have_value("Half a thought")
