"""The whole way of a contact request: from the storefront to the bell of the advertiser, and into a real mailbox."""

from email.message import EmailMessage

from playwright.async_api import expect

from tests.browser.asking import advert, form_about, oliver_at, reachable
from tests.browser.outgoing import ADA, ask
from tests.browser.people import Browsers
from tests.browser.ringing import begin_afresh, rings
from tests.deliveries.smtp.servers import Mailbox, server
from tests.waiting import eventually

SENDER = "house@example.com"


async def arrived(mailbox: Mailbox, title: str) -> EmailMessage:
    """The letter to the bookshop's owner about an advert."""

    def found() -> list[EmailMessage]:
        return [letter for letter in mailbox.letters if title in letter["Subject"]]

    return (await eventually(found, lambda: [each["Subject"] for each in mailbox.letters]))[0]


async def test_a_request_rings_the_bell_and_lands_in_the_mailbox(browsers: Browsers) -> None:
    about, mailbox, origin = await advert(browsers), Mailbox(), browsers.installation.origin
    ada = await browsers.signed_in(ADA)
    async with server(mailbox) as port:
        settings = {"host": "127.0.0.1", "port": port, "security": "none", "sender": SENDER}
        gateway = await ask(
            ada, origin, "POST", "/gateways",
            name="Mail of the tests", transport="smtp", channels=["email"], priority=1, settings=settings,
        )  # fmt: skip
        oliver = await oliver_at(browsers)
        await begin_afresh(oliver, origin)
        ann, name = await reachable(browsers)
        form = await form_about(ann, browsers, about)
        await form.get_by_label("Message").fill("May I see it on Saturday?")
        await form.get_by_role("button", name="Send").click()
        await expect(form.get_by_role("heading", name="Your request has been sent")).to_be_visible()
        await rings(oliver, 1)
        letter = await arrived(mailbox, about["title"])
        await ask(ada, origin, "DELETE", f"/gateways/{gateway['id']}")
    assert letter["To"] == "oliver@harbourpage.example"
    body = letter.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    assert name in letter["Subject"]
    assert "May I see it on Saturday?" in text
    assert "+33612345678" in text
    [link] = [
        word for word in text.split() if word.startswith(f"{origin}/inbox/{browsers.installation.bookshop}/requests/")
    ]
    await oliver.goto(link)
    await expect(oliver.get_by_text("May I see it on Saturday?").first).to_be_visible()
