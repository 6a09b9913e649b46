"""The page of a client's preferences: opened by anybody with the link, changed by nobody who only looks."""

import re
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
import pytest_asyncio

from estafette.base.ids import new_id
from estafette.base.languages import LANGUAGES
from estafette.base.vault import open_vault
from estafette.clients.actions import keeping, looking
from estafette.clients.models.clients import ClientDetails, NewClient
from estafette.communications.api.preferences.page import SECURITY
from estafette.communications.api.preferences.style import STYLE
from estafette.communications.rules.preferences import Preference, PreferenceLinks
from tests.http import running
from tests.world import World

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Scene:
    """A stranger's browser, and Ann's links."""

    def __init__(self, world: World, browser: httpx.AsyncClient, links: PreferenceLinks, ann: UUID) -> None:
        self.world, self.browser, self.links, self.ann = world, browser, links, ann

    def path(self, *, client: UUID | None = None, days: int = 0) -> str:
        """The link of an e-mail that went out days ago."""
        at = self.world.database.clock.now() - timedelta(days=days)
        asked = Preference(client_id=client or self.ann, channel="email", communication_id=new_id(), at=at)
        return f"/preferences/{self.links.token(asked)}"

    async def client(self) -> ClientDetails:
        return await looking.client(self.world.database, self.world.root, self.ann)


@pytest_asyncio.fixture
async def scene(world: World, dsn: str, tmp_path: Path) -> AsyncGenerator[Scene, None]:
    new = NewClient(name="Ann", email="ann@example.com", phone="+33612345601", language="fr")
    made = await keeping.add_client(world.database, world.root, new)
    async with running(dsn, tmp_path) as server, server.client(origin=None) as browser:
        yield Scene(world, browser, PreferenceLinks(server.settings.origin, open_vault(tmp_path)), made.id)


def boxes(page: str) -> dict[str, bool]:
    """The boxes of a page, and which are ticked."""
    return {name: bool(on) for name, on in re.findall(r'type="checkbox" name="(\w+)"( checked)?', page)}


async def test_the_page_shows_where_a_client_is_reached_and_changes_nothing(scene: Scene) -> None:
    before = await scene.client()
    answer = await scene.browser.get(scene.path())
    assert answer.status_code == 200
    assert boxes(answer.text) == {"email": True, "sms": True}
    assert "a•••@example.com" in answer.text
    assert "+33 ••• 01" in answer.text
    assert not re.search("ann@|612345601|Ann", answer.text)
    assert '<html lang="fr">' in answer.text
    assert (await scene.browser.head(scene.path())).status_code == 200
    assert await scene.client() == before


async def test_what_is_chosen_is_kept_and_what_was_not_touched_is_no_consent(scene: Scene) -> None:
    path = scene.path()
    answer = await scene.browser.post(path, content="chosen=1&sms=on", headers=FORM)
    assert answer.status_code == 303
    shown = (await scene.browser.get(answer.headers["location"])).text
    assert boxes(shown) == {"email": False, "sms": True}
    assert 'role="status"' in shown
    client = await scene.client()
    assert (client.refused, client.consented) == (["email"], [])
    assert [(each.channel, each.given, each.source) for each in client.consents] == [
        ("email", False, "preference_page")
    ]
    await scene.browser.post(path, content="chosen=1&sms=on&email=on", headers=FORM)
    client = await scene.client()
    assert (client.refused, client.consented) == ([], ["email"])
    await scene.browser.post(path, content="chosen=1&sms=on&email=on&none=1", headers=FORM)
    assert (await scene.client()).refused == ["email", "sms"]


async def test_a_page_that_was_opened_before_takes_back_nothing_that_was_said_since(scene: Scene) -> None:
    path = scene.path()
    shown = (await scene.browser.get(path)).text
    [ticked] = re.findall(r'name="ticked" value="([^"]*)"', shown)
    assert ticked == "email sms"
    await scene.browser.post(path, content="chosen=1&email=on", headers=FORM)
    assert (await scene.client()).refused == ["sms"]
    # Whose page still has both boxes ticked takes the e-mails off.
    await scene.browser.post(path, content="chosen=1&ticked=email+sms&sms=on", headers=FORM)
    assert (await scene.client()).refused == ["email", "sms"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("List-Unsubscribe=One-Click", FORM["Content-Type"]),
        (
            '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
            "multipart/form-data; boundary=b",
        ),
    ],
)
async def test_a_mail_program_unsubscribes_with_one_request_from_wherever_it_is(
    scene: Scene, body: str, kind: str
) -> None:
    headers = {"Content-Type": kind, "Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    for _ in range(2):
        answer = await scene.browser.post(scene.path(), content=body, headers=headers)
        assert answer.status_code == 200
    client = await scene.client()
    assert client.refused == ["email"]
    assert [(each.channel, each.source) for each in client.consents] == [("email", "unsubscribe_link")]
    assert await scene.world.database.fetchval("SELECT count(*) FROM communication_unsubscribes") == 1


async def test_the_page_speaks_the_language_that_was_chosen(scene: Scene) -> None:
    for language in LANGUAGES:
        page = (await scene.browser.get(f"{scene.path()}?lang={language}")).text
        assert f'<html lang="{language}">' in page
        assert f'action="?lang={language}"' in page
    other = await scene.browser.get("/preferences/nothing", headers={"Accept-Language": "ru"})
    assert '<html lang="ru">' in other.text


async def test_where_there_is_nothing_to_choose_the_page_says_why(scene: Scene) -> None:
    assert (await scene.browser.get(scene.path()[:-1])).status_code == 404
    assert (await scene.browser.get(scene.path(days=179))).status_code == 200
    old = scene.path(days=181)
    assert (await scene.browser.get(old)).status_code == 410
    assert (await scene.browser.post(old, content="List-Unsubscribe=One-Click", headers=FORM)).status_code == 410
    path = scene.path()
    await keeping.erase_client(scene.world.database, scene.world.root, scene.ann)
    erased = await scene.browser.get(path, headers={"Accept-Language": "pt-BR"})
    assert erased.status_code == 410
    assert "Não temos nada guardado" in erased.text
    assert (await scene.browser.post(path, content="chosen=1", headers=FORM)).status_code == 410


async def test_the_address_is_told_nobody_and_the_page_loads_nothing_foreign(scene: Scene) -> None:
    answer = await scene.browser.get(scene.path())
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["content-security-policy"] == SECURITY["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert f"<style>{STYLE}</style>" in answer.text
    assert "<script" not in answer.text


async def test_a_form_that_is_too_large_or_no_text_is_no_harm(scene: Scene) -> None:
    assert (await scene.browser.post(scene.path(), content=b"x" * 5_000, headers=FORM)).status_code == 413
    many = "&".join(f"f{number}=1" for number in range(100))
    assert (await scene.browser.post(scene.path(), content=f"chosen=1&{many}", headers=FORM)).status_code == 200
