"""Document D5 names the customer and the partner that the demo data must hold."""

from tests.http import running
from tests.prepared import loaded_demo


async def test_the_demo_customer_has_a_conversation_with_the_chateau() -> None:
    async with (
        loaded_demo() as (settings, dsn),
        running(dsn, settings.data, demo=True) as web_server,
        web_server.client() as browser,
    ):
        instance = (await browser.get("/api/v1/instance")).json()
        [shown] = [each for each in instance["demo_accounts"] if each["email"] == "test-user@example.com"]
        credentials = {"email": shown["email"], "password": shown["password"]}
        signed_in = await browser.post("/api/v1/sessions", json=credentials)
        assert signed_in.status_code == 201
        me = signed_in.json()
        assert me["roles"] == ["customer"]
        answer = await browser.get("/api/messages")
        assert answer.status_code == 200
        names: list[str] = []
        for each in answer.json():
            assert each["clientId"] == me["id"]
            names.append((await browser.get(f"/api/v1/partners/{each['partnerId']}")).json()["name"])
        assert "Château de Vaux-le-Vicomte" in names
        conversation_id = answer.json()[names.index("Château de Vaux-le-Vicomte")]["id"]
        messages = await browser.get(f"/api/messages/{conversation_id}")
        assert messages.status_code == 200
        assert messages.json()
