"""The register of templates: fetched from each gateway, every hour and on demand, and asked before one is named."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from estafette import accounts, deliveries
from estafette.accounts import SignedIn
from estafette.base.database import Database
from estafette.base.errors import Forbidden
from estafette.base.vault import Vault
from estafette.deliveries import TransportEnvironment
from estafette.deliveries.actions.whatsapp_templates import ask_for_templates, list_templates, refresh_due
from estafette.deliveries.credentials import seal
from tests.deliveries import add_gateway
from tests.deliveries.whatsapp.cloud import CREDENTIALS, SETTINGS, Cloud, template
from tests.services import service
from tests.waiting import eventually
from tests.world import again, sign_in

VAULT = Vault(bytes(32))
PICTURE = {"type": "HEADER", "format": "IMAGE", "example": {}}
LINK = {"type": "BUTTONS", "buttons": [{"type": "URL", "url": "https://x.example/{{1}}"}]}


class Register:
    """A gateway of a business account, and who asks for its templates."""

    def __init__(self, database: Database, cloud: Cloud, who: SignedIn, data: Path, gateway_id: UUID) -> None:
        self.database, self.cloud, self.who, self.gateway_id = database, cloud, who, gateway_id
        self.environment = TransportEnvironment(public_url="http://localhost", data=data)

    async def refresh(self) -> bool:
        return await refresh_due(self.database, VAULT, self.environment)

    async def fault(self, name: str, language: str, variables: int = 0, *, media: bool = False) -> Any:
        """What is wrong with naming a template."""
        found = await deliveries.check_template(self.database, "x", name, language, variables, media=media)
        return found and (found.code, *found.values.values())


@pytest_asyncio.fixture
async def register(database: Database, tmp_path: Path) -> AsyncGenerator[Register, None]:
    cloud = Cloud()
    async with service(cloud.take) as url:
        id_ = await add_gateway(
            database, transport="whatsapp", channels=("whatsapp",), settings=SETTINGS | {"base_url": f"{url}/v23.0"}
        )
        sealed = seal(VAULT, id_, CREDENTIALS)
        await database.execute("UPDATE gateways SET credentials = $2 WHERE id = $1", id_, sealed)
        who = await sign_in(database, "root@example.com", "Root", "administrator")
        yield Register(database, cloud, who, tmp_path, id_)


async def test_all_pages_are_fetched_and_what_is_gone_is_gone(register: Register) -> None:
    register.cloud.templates = [template(f"number_{each}", "Hello") for each in range(120)]
    assert await register.refresh()
    assert register.cloud.asked_for_templates == 3
    assert len((await list_templates(register.database, register.who)).items) == 120
    # Its time has not come again.
    assert not await register.refresh()
    register.database.clock.move(timedelta(minutes=61))
    order = "Dear {{ name }}, {{day}}: {{name}}"
    register.cloud.templates = [template("order", order, language="pt_BR", state="PAUSED", components=[PICTURE])]
    assert await register.refresh()
    [found] = (await list_templates(register.database, register.who)).items
    assert (found.name, found.language, found.state, found.category) == ("order", "pt_BR", "PAUSED", "UTILITY")
    assert (found.body, found.places, found.header, found.sendable) == (order, ["name", "day"], "IMAGE", True)


@pytest.mark.parametrize(("status", "said"), [(401, 190), (200, "<html>"), (200, '{"data": 3}'), (500, 2)])
async def test_a_failure_keeps_what_was_known_says_why_and_tries_again(
    register: Register, status: int, said: Any
) -> None:
    register.cloud.templates = [template("order", "Hello")]
    await register.refresh()
    register.database.clock.move(timedelta(hours=2))
    register.cloud.fails_with(status, said)
    assert await register.refresh()
    listed = await list_templates(register.database, register.who)
    assert len(listed.items) == 1
    assert listed.gateways[0].error
    assert not await register.refresh()
    register.database.clock.move(timedelta(minutes=6))
    assert await register.refresh()
    assert (await list_templates(register.database, register.who)).gateways[0].error is None


async def test_who_asks_need_not_wait_for_the_hour_though_there_may_be_none_yet(register: Register) -> None:
    stop = asyncio.Event()
    work = asyncio.create_task(deliveries.run_whatsapp_templates(register.database, VAULT, register.environment, stop))
    try:
        await eventually(lambda: register.cloud.asked_for_templates == 1)

        async def is_noted() -> bool:
            listed = await list_templates(register.database, register.who)
            return listed.gateways[0].refreshed_at is not None

        await eventually(is_noted)
        await ask_for_templates(register.database, register.who)
        await eventually(lambda: register.cloud.asked_for_templates == 2)
    finally:
        stop.set()
        await work


async def test_a_gateway_that_was_changed_is_asked_at_once(register: Register) -> None:
    await register.refresh()
    await register.database.execute("UPDATE gateways SET version = version + 1")
    assert await register.refresh()


async def test_of_several_who_look_at_once_one_fetches(register: Register) -> None:
    assert sorted(await asyncio.gather(*(register.refresh() for _ in range(4)))) == [False, False, False, True]
    assert register.cloud.asked_for_templates == 1


async def test_only_who_writes_communications_sees_them(register: Register) -> None:
    other = await sign_in(register.database, "gina@example.com", "Gina", "employee")
    for ask in (list_templates, ask_for_templates):
        with pytest.raises(Forbidden):
            await ask(register.database, other)
    nora = await accounts.add_person(register.database, "nora@example.com", "Nora", ("employee", "communications"))
    await list_templates(register.database, await again(register.database, nora.id))


async def test_only_an_approved_template_with_as_many_variables_can_be_named(register: Register) -> None:
    register.cloud.templates = [
        template("order", "Hello {{1}}, {{2}}", language="pt_BR"),
        template("order", "Hello {{1}}", language="fr", state="PENDING"),
        template("menu", "Look", components=[PICTURE]),
        template("link", "Look", components=[LINK]),
        template("title", "Look", components=[{"type": "HEADER", "format": "TEXT", "text": "{{1}}"}]),
    ]
    await register.refresh()
    assert await register.fault("order", "pt", 2) is None
    assert await register.fault("order", "pt_BR", 2) is None
    assert await register.fault("order", "pt", 1) == ("template_variables", 2)
    assert await register.fault("order", "fr", 1) == ("template_not_approved", "PENDING")
    assert await register.fault("order", "ru", 1) == ("template_not_in_language", "fr, pt_BR")
    assert await register.fault("other", "ru") == ("template_unknown",)
    assert await register.fault("menu", "en", media=True) is None
    assert await register.fault("menu", "en") == ("template_needs_media",)
    assert await register.fault("order", "pt", 2, media=True) == ("template_without_media",)
    assert await register.fault("link", "en") == ("template_unsupported",)
    assert await register.fault("title", "en") == ("template_unsupported",)
    await register.database.execute("UPDATE gateways SET enabled = false")
    assert await register.fault("order", "pt", 2) == ("template_unknown",)
