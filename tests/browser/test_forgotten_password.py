"""The mails of an account: an address is confirmed and a forgotten password replaced by links in a real mailbox."""

import re
from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.looks import at_360_pixels_in_russian, nothing_in_the_way
from tests.browser.people import Browsers, Installation, address
from tests.cli.running import up
from tests.deliveries.smtp.servers import Mailbox, server
from tests.prepared import installed
from tests.waiting import eventually

OLD, NEW = "the first long password", "the second long password"
BANNER = "Confirm your e-mail address"
AGAIN = "Send the link again"


class Post:
    """A server of its own with a mailbox that gets all its mail."""

    def __init__(self, browsers: Browsers, mailbox: Mailbox) -> None:
        self.browsers, self.mailbox = browsers, mailbox

    async def link(self, kind: str, email: str, number: int = 1) -> str:
        """The link in a mail to an address: of its kind, the first, the second …"""

        def found() -> list[str]:
            return [
                link
                for letter in self.mailbox.letters
                if letter["To"].addresses[0].addr_spec == email and (body := letter.get_body(("plain",)))
                for link in re.findall(rf"http://\S+/{kind}/\S+", body.get_content())
            ]

        await eventually(lambda: len(found()) >= number, found)
        return found()[number - 1]

    async def sign_up(self, email: str) -> Page:
        """Somebody who has just come in through the page."""
        page = await (await self.browsers.browser()).new_page()
        await page.goto("/sign-up")
        await page.get_by_label("Name").fill("Ann")
        await page.get_by_label("E-mail").fill(email)
        await page.get_by_role("textbox", name="Password").fill(OLD)
        await page.get_by_role("button", name="Create account").click()
        await expect(page).not_to_have_url(re.compile("/sign-up"))
        return page

    async def sign_in(self, email: str, password: str) -> Page:
        """Somebody who has been here before, at another browser."""
        page = await (await self.browsers.browser()).new_page()
        await page.goto("/sign-in")
        await page.get_by_label("E-mail").fill(email)
        await page.get_by_role("textbox", name="Password").fill(password)
        await page.get_by_role("button", name="Sign in", exact=True).click()
        return page


@pytest_asyncio.fixture(scope="module")
async def running(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> AsyncGenerator[tuple[Installation, Mailbox], None]:
    """A server without demo data that mails through a server of ours."""
    folder = tmp_path_factory.mktemp("post")
    mailbox = Mailbox()
    async with server(mailbox) as port:
        gateways = folder / "gateways.toml"
        gateways.write_text(
            '[[gateway]]\nname = "Mail"\ntransport = "smtp"\nchannels = ["email"]\n'
            f'settings = {{ host = "127.0.0.1", port = {port}, security = "none", sender = "house@example.com" }}\n'
        )
        with up(installed(folder / "data"), "--gateways", gateways) as installation:
            yield Installation(installation), mailbox


@pytest_asyncio.fixture
async def post(running: tuple[Installation, Mailbox], chromium: Browser) -> AsyncGenerator[Post, None]:
    """Browsers in that installation, closed after the test; whatever a page complained about fails it."""
    installation, mailbox = running
    browsers = Browsers(installation, chromium)
    yield Post(browsers, mailbox)
    assert await browsers.close() == []


async def test_from_signing_up_to_a_new_password_by_the_links_in_the_mails(post: Post) -> None:
    email = address()
    ann = await post.sign_up(email)
    banner = ann.get_by_role("region", name=BANNER)
    await expect(banner).to_contain_text(email)

    mail = await ann.context.new_page()
    await mail.goto(await post.link("confirm-email", email))
    await mail.get_by_role("button", name="Confirm the address").click()
    await expect(mail.get_by_role("heading", name="Your address is confirmed")).to_be_visible()
    await expect(banner).to_have_count(0)  # in the other window, without a touch
    await mail.get_by_role("link", name="Go on").click()
    await expect(mail).to_have_url(re.compile("/messages$"))

    forgetful = await post.sign_in(email, "not this one")
    await expect(forgetful.get_by_role("alert")).to_be_visible()
    await forgetful.get_by_role("link", name="Forgot your password?").click()
    await expect(forgetful.get_by_label("E-mail")).to_have_value(email)  # typed once is enough
    await forgetful.get_by_role("button", name="Mail me the link").click()
    await expect(forgetful.get_by_role("heading", name="Look into your mailbox")).to_be_visible()

    link = await post.link("reset-password", email)
    await forgetful.goto(link)
    password = forgetful.get_by_role("textbox", name="New password")
    await password.fill("short")
    await forgetful.get_by_role("button", name="Set the password").click()
    await expect(forgetful).to_have_url(link)
    await password.fill(NEW)
    await forgetful.get_by_role("button", name="Set the password").click()
    await expect(forgetful).to_have_url(re.compile("/messages$"))
    assert (await (await forgetful.context.request.get("/api/v1/me")).json())["email"] == email
    await expect(ann).to_have_url(re.compile("/sign-in"))  # her other browser is signed out at once

    await expect((await post.sign_in(email, OLD)).get_by_role("alert")).to_be_visible()
    await expect(await post.sign_in(email, NEW)).to_have_url(re.compile("/messages$"))

    late = await (await post.browsers.browser()).new_page()
    await late.goto(link)
    await late.get_by_role("textbox", name="New password").fill("a third long password")
    await late.get_by_role("button", name="Set the password").click()
    await expect(late.get_by_role("heading", name="This link has ended")).to_be_visible()
    await late.get_by_role("link", name="Mail me a new link").click()
    await expect(late).to_have_url(re.compile("/forgot-password$"))


async def test_another_address_is_confirmed_by_a_link_that_was_sent_again(post: Post) -> None:
    first, second = address(), address()
    ann = await post.sign_up(first)
    await ann.goto("/profile")
    form = ann.locator("form", has=ann.get_by_label("Time zone"))
    await expect(form.get_by_text("Not confirmed yet")).to_be_visible()
    await form.get_by_label("E-mail").fill(second)
    await expect(form.get_by_text("Once you save")).to_be_visible()
    await form.get_by_label("Present password").fill(OLD)
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text(f"We mailed a link to {second}")).to_be_visible()
    first_link = await post.link("confirm-email", second)
    await form.get_by_role("button", name=AGAIN).click()
    await expect(ann.get_by_text(f"A new link is on its way to {second}.")).to_be_visible()

    mail = await ann.context.new_page()
    await mail.goto(first_link)
    await mail.get_by_role("button", name="Confirm the address").click()
    await expect(mail.get_by_role("heading", name="This link has ended")).to_be_visible()
    await expect(mail.get_by_role("button", name=AGAIN)).to_be_visible()
    await mail.goto(await post.link("confirm-email", second, 2))
    await mail.get_by_role("button", name="Confirm the address").click()
    await expect(mail.get_by_text(f"We can reach you at {second}")).to_be_visible()
    await expect(form.get_by_text("Confirmed", exact=True)).to_be_visible()


async def test_the_old_mailbox_keeps_its_address_and_puts_everybody_out(post: Post) -> None:
    first, second = address(), address()
    ann = await post.sign_up(first)
    await ann.goto(await post.link("confirm-email", first))
    await ann.get_by_role("button", name="Confirm the address").click()
    await ann.goto("/profile")
    form = ann.locator("form", has=ann.get_by_label("Time zone"))
    await form.get_by_label("E-mail").fill(second)
    await form.get_by_label("Present password").fill(OLD)
    await form.get_by_role("button", name="Save").click()

    mail = await (await post.browsers.browser()).new_page()
    await mail.goto(await post.link("keep-email", first))
    await nothing_in_the_way(mail)
    await mail.get_by_role("button", name="It was not me").click()
    await expect(mail.get_by_role("heading", name="Your address stays")).to_be_visible()
    await post.link("reset-password", first)
    await expect(ann.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    await (await post.sign_in(first, OLD)).get_by_text("do not belong together").wait_for()


async def test_a_link_is_opened_at_a_browser_that_is_not_signed_in_or_somebody_elses(post: Post) -> None:
    email, other = address(), address()
    await post.sign_up(email)
    mail = await post.sign_up(other)
    link = await post.link("confirm-email", email)
    await mail.goto(link)
    await mail.get_by_role("button", name="Confirm the address").click()
    await expect(mail.get_by_text(f"This link is for another account than {other}")).to_be_visible()
    await nothing_in_the_way(mail)
    await mail.get_by_role("main").get_by_role("button", name="Sign out").click()
    await expect(mail.get_by_text("An address is confirmed in its own account.")).to_be_visible()
    await nothing_in_the_way(mail)
    await mail.get_by_role("main").get_by_role("link", name="Sign in").click()
    await mail.get_by_label("E-mail").fill(email)
    await mail.get_by_role("textbox", name="Password").fill(OLD)
    await mail.get_by_role("button", name="Sign in", exact=True).click()
    await expect(mail).to_have_url(link)
    await mail.get_by_role("button", name="Confirm the address").click()
    await expect(mail.get_by_text(f"We can reach you at {email}")).to_be_visible()


async def test_who_reads_the_mail_takes_the_account_from_who_squats_on_the_address(post: Post) -> None:
    email = address()
    squatter = await post.sign_up(email)
    reader = await (await post.browsers.browser()).new_page()
    await reader.goto(await post.link("confirm-email", email))
    await expect(reader.get_by_text("Nothing is confirmed without you")).to_be_visible()
    await expect(reader.get_by_role("button", name="Confirm the address")).to_have_count(0)
    await reader.get_by_role("link", name="Choose a new password").click()
    await reader.get_by_label("E-mail").fill(email)
    await reader.get_by_role("button", name="Mail me the link").click()
    await expect(squatter.get_by_role("region", name=BANNER)).to_be_visible()
    await reader.goto(await post.link("reset-password", email))
    await reader.get_by_role("textbox", name="New password").fill(NEW)
    await reader.get_by_role("button", name="Set the password").click()
    await expect(reader).to_have_url(re.compile("/messages$"))
    me = await (await reader.context.request.get("/api/v1/me")).json()
    assert (me["email"], me["email_confirmed"]) == (email, True)
    await expect(squatter).to_have_url(re.compile("/sign-in"))


async def test_nobody_learns_from_the_page_whether_an_address_is_known(browsers: Browsers) -> None:
    said: list[str] = []
    for email in ("test-user@example.com", "nobody@example.com"):
        page = await (await browsers.browser()).new_page()
        await page.goto("/forgot-password")
        await page.get_by_label("E-mail").fill(email)
        await page.get_by_role("button", name="Mail me the link").click()
        await expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
        said.append((await page.locator("main").inner_text()).replace(email, ""))
    assert said[0] == said[1]


async def test_the_banner_is_put_aside_for_the_session_and_leaves_a_thread_its_height(browsers: Browsers) -> None:
    ann = await browsers.newcomer(width=390)
    await ann.goto(f"/partner/{browsers.installation.bookshop}")
    banner = ann.get_by_role("region", name=BANNER)
    await expect(banner).to_be_visible()
    answer = await ann.context.request.post(
        "/api/v1/conversations",
        data={"partner_id": browsers.installation.bookshop, "text": "Hello"},
        headers={"Origin": browsers.installation.origin},
    )
    await ann.goto(f"/messages/{(await answer.json())['conversation']['id']}")
    await expect(ann.get_by_placeholder("Message", exact=True)).to_be_visible()
    await expect(banner).to_be_hidden()
    await ann.goto("/messages")
    await banner.get_by_role("button", name="Dismiss").click()
    await expect(banner).to_have_count(0)
    await ann.reload()
    await expect(ann.get_by_role("heading", name="Messages")).to_be_visible()
    await expect(banner).to_have_count(0)


async def test_a_server_that_is_away_or_too_often_asked_is_said(browsers: Browsers) -> None:
    page = await (await browsers.browser()).new_page()
    await page.goto("/forgot-password")
    await page.get_by_label("E-mail").fill("nobody@example.com")
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Mail me the link").click()
    await expect(page.get_by_role("alert")).to_contain_text("The server does not answer")
    await page.context.set_offline(False)
    await page.route("**/api/v1/password-resets", lambda route: route.fulfill(
        status=429, content_type="application/problem+json", headers={"Retry-After": "600"},
        body='{"title":"Too many attempts","status":429,"code":"too_many_attempts","detail":"Try again later."}',
    ))  # fmt: skip
    await page.get_by_role("button", name="Mail me the link").click()
    await expect(page.get_by_role("alert")).to_contain_text("Try again later.")


async def test_who_has_an_address_to_confirm_finds_nothing_in_the_way(browsers: Browsers) -> None:
    ann = await browsers.newcomer()
    await ann.goto("/profile")
    await expect(ann.get_by_role("region", name=BANNER)).to_be_visible()
    await nothing_in_the_way(ann)
    await at_360_pixels_in_russian(ann)
    for path in ("/messages", "/confirm-email/used"):
        await ann.goto(path)
        await expect(ann.locator("h1:visible, h2:visible").first).to_be_visible()
        await nothing_in_the_way(ann)
