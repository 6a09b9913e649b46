"""Somebody new comes into a team: invited by its owner, through the link in a real mailbox, and not before."""

import re

from playwright.async_api import Page, Route, expect

from tests.browser.asking import OLIVER
from tests.browser.looks import at_360_pixels_in_russian, nothing_in_the_way
from tests.browser.outgoing import ADA, ask
from tests.browser.people import Browsers, address
from tests.deliveries.smtp.servers import Mailbox, server
from tests.waiting import eventually


async def test_who_is_invited_joins_the_team_through_the_mailed_link(browsers: Browsers) -> None:
    email, mailbox, origin = address(), Mailbox(), browsers.installation.origin
    shop = f"/partners/{browsers.installation.bookshop}"
    ada, oliver = await browsers.signed_in(ADA), await browsers.signed_in(OLIVER)
    async with server(mailbox) as port:
        settings = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "house@example.com"}
        gateway = await ask(
            ada, origin, "POST", "/gateways",
            name="Mail of the invitations", transport="smtp", channels=["email"], priority=1, settings=settings,
        )  # fmt: skip
        await oliver.goto(f"/inbox/{browsers.installation.bookshop}/settings?tab=members")
        await oliver.get_by_role("button", name="Add someone").click()
        form = oliver.get_by_role("dialog")
        await form.get_by_label("E-mail").fill(email)
        await form.get_by_role("button", name="Add", exact=True).click()
        await expect(oliver.get_by_role("listitem").filter(has_text=email)).to_be_visible()
        await nothing_in_the_way(oliver)
        link = await eventually(lambda: mailed_link(mailbox, email))
        assert link is not None
        await ask(ada, origin, "DELETE", f"/gateways/{gateway['id']}")

    guest = await (await browsers.browser()).new_page()
    await guest.goto(link)
    await expect(guest.get_by_role("heading", name=re.compile("^Join the team of"))).to_be_visible()
    await nothing_in_the_way(guest)
    await come_in(guest)
    await expect(guest).to_have_url(re.compile(f"/inbox/{browsers.installation.bookshop}"))
    me = await ask(guest, origin, "GET", "/me")
    assert me["email_confirmed"]

    await oliver.reload()
    await expect(oliver.get_by_role("listitem").filter(has_text="Hugo").filter(has_text=email)).to_be_visible()
    await expect(oliver.get_by_role("heading", name="Invited")).to_have_count(0)
    await ask(guest, origin, "DELETE", f"{shop}/members/{me['id']}")


async def test_without_a_gateway_for_mail_the_link_is_sent_by_hand(browsers: Browsers) -> None:
    email, origin = address(), browsers.installation.origin
    shop = f"/partners/{browsers.installation.bookshop}"
    oliver = await browsers.signed_in(OLIVER)
    await oliver.route("**/invitations", nothing_carries_mail)
    await oliver.goto(f"/inbox/{browsers.installation.bookshop}/settings?tab=members")
    await oliver.get_by_role("button", name="Add someone").click()
    form = oliver.get_by_role("dialog")
    await expect(form.get_by_text("you get a link to send to them")).to_be_visible()
    await form.get_by_label("E-mail").fill(email)
    await form.get_by_role("button", name="Add", exact=True).click()
    shown = oliver.get_by_role("dialog", name=f"Link for {email}")
    first = await shown.get_by_label("Link of the invitation").input_value()
    await nothing_in_the_way(oliver)
    await shown.get_by_role("button", name="Close", exact=True).last.click()
    row = oliver.get_by_role("listitem").filter(has_text=email)
    await row.get_by_role("button").click()
    await oliver.get_by_role("menuitem", name="Copy the link").click()
    link = await shown.get_by_label("Link of the invitation").input_value()
    assert link != first

    guest = await (await browsers.browser()).new_page()
    await guest.goto(first)
    await expect(guest.get_by_role("heading", name="This invitation has ended")).to_be_visible()
    await guest.goto(link)
    await come_in(guest)
    await expect(guest).to_have_url(re.compile(f"/inbox/{browsers.installation.bookshop}"))
    me = await ask(guest, origin, "GET", "/me")
    assert not me["email_confirmed"]
    await ask(guest, origin, "DELETE", f"{shop}/members/{me['id']}")


async def test_an_invitation_is_withdrawn(browsers: Browsers) -> None:
    email, origin = address(), browsers.installation.origin
    oliver = await browsers.signed_in(OLIVER)
    await ask(oliver, origin, "PUT", f"/partners/{browsers.installation.bookshop}/members", email=email, role="owner")
    await oliver.goto(f"/inbox/{browsers.installation.bookshop}/settings?tab=members")
    row = oliver.get_by_role("listitem").filter(has_text=email)
    await expect(row.get_by_text("Owner")).to_be_visible()
    await row.get_by_role("button").click()
    await oliver.get_by_role("menuitem", name="Withdraw").click()
    await oliver.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    await expect(row).to_have_count(0)
    await ask(oliver, origin, "PUT", f"/partners/{browsers.installation.bookshop}/members", email=email, role="member")
    await at_360_pixels_in_russian(oliver)


async def come_in(guest: Page, name: str = "Hugo") -> None:
    """Accepts an invitation with a name and a password."""
    await guest.get_by_label("Name").fill(name)
    await guest.get_by_role("textbox", name="Password").fill("a long password")
    await guest.get_by_role("button", name="Come in").click()


async def nothing_carries_mail(route: Route) -> None:
    """The list as it is while no gateway takes e-mail."""
    answer = await route.fetch()
    await route.fulfill(response=answer, json=await answer.json() | {"carries_mail": False})


def mailed_link(mailbox: Mailbox, email: str) -> str | None:
    """The link of an invitation, once it has arrived."""
    for letter in mailbox.letters:
        body = letter.get_body(("plain",))
        if letter["To"].addresses[0].addr_spec == email and body is not None:
            found = re.search(r"http://\S+/invitation/\S+", body.get_content())
            if found:
                return found[0]
    return None
