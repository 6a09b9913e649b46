"""Document D5 names the customer and the partner that the demo data must hold."""

import aiohttp

from tests.processes import ask, installation


async def test_the_demo_customer_has_a_conversation_with_the_chateau() -> None:
    async with installation("--demo") as here, aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        _, instance = await ask(http, "GET", f"{here.url}/api/v1/instance")
        [shown] = [each for each in instance["demo_accounts"] if each["email"] == "test-user@example.com"]
        status, me = await ask(
            http, "POST", f"{here.url}/api/v1/sessions", body={"email": shown["email"], "password": shown["password"]}
        )
        assert status == 201
        assert me["roles"] == ["customer"]
        status, conversations = await ask(http, "GET", f"{here.url}/api/messages")
        assert status == 200
        names: list[str] = []
        for each in conversations:
            assert each["clientId"] == me["id"]
            _, partner = await ask(http, "GET", f"{here.url}/api/v1/partners/{each['partnerId']}")
            names.append(partner["name"])
        assert "Château de Vaux-le-Vicomte" in names
        place = conversations[names.index("Château de Vaux-le-Vicomte")]["id"]
        status, messages = await ask(http, "GET", f"{here.url}/api/messages/{place}")
        assert status == 200
        assert messages
