"""Who must not be written to is not written to, whatever waits for them already."""

import pytest

from tests.deliveries.api.conftest import Json, Scene


async def test_a_suppressed_recipient_is_not_written_to_on_that_channel(scene: Scene) -> None:
    gateway = await scene.gateway()
    waiting = await scene.robot.sends(to="+33612345678")
    mail: Json = {"channel": "email", "to": "Zoe@Example.com", "subject": "Hello", "text": "Hi"}
    made = await scene.root.good("POST", "/suppressions", {"channel": "sms", "recipient": "+33 6 12 34 56 78"})
    assert (made["recipient"], made["reason"], made["by_person"]) == ("+33612345678", "asked", str(scene.root.id))
    await scene.root.good("POST", "/suppressions", {"channel": "email", "recipient": "zoe@example.COM", "reason": "x"})
    letter = await scene.robot.good("POST", "/deliveries", mail)
    other = await scene.robot.sends(to="+33612345679")
    async with scene.working():
        assert (await scene.robot.comes_to(waiting, "SUPPRESSED"))["delivery"]["public_status"] == "SYSTEM_ERROR"
        await scene.robot.comes_to(letter, "SUPPRESSED")
        await scene.robot.comes_to(other, "DELIVERED")
        assert len(scene.files(gateway)) == 1
        assert (await scene.root.ask("DELETE", "/suppressions/sms/+33612345678"))[0] == 204
        assert (await scene.root.ask("DELETE", "/suppressions/email/ZOE@example.com"))[0] == 204
        await scene.robot.comes_to(await scene.robot.sends(to="+33612345678"), "DELIVERED")
        await scene.robot.comes_to(await scene.robot.good("POST", "/deliveries", mail), "DELIVERED")


async def test_suppressing_twice_keeps_the_first_reason(scene: Scene) -> None:
    given = {"channel": "email", "recipient": "ann@example.com", "reason": "moved"}
    first = await scene.root.good("POST", "/suppressions", given)
    assert await scene.root.good("POST", "/suppressions", given | {"reason": "other"}) == first


async def test_the_list_is_searched_and_goes_page_by_page(scene: Scene) -> None:
    for n in range(5):
        await scene.root.good("POST", "/suppressions", {"channel": "email", "recipient": f"p{n}@example.com"})
    await scene.root.good("POST", "/suppressions", {"channel": "sms", "recipient": "+33612345678"})
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = await scene.root.good("GET", "/suppressions?limit=2" + (f"&cursor={cursor}" if cursor else ""))
        found += [each["recipient"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert found == [*(f"p{n}@example.com" for n in range(5)), "+33612345678"]
    for query, count in (("channel=sms", 1), ("q=p3", 1), ("q=%2B336", 1), ("q=%25", 0), ("channel=push", 0)):
        assert len((await scene.root.good("GET", f"/suppressions?{query}"))["items"]) == count, query
    for query in ("cursor=x", "limit=0", "channel=fax", "q=" + "x" * 255):
        assert (await scene.root.ask("GET", f"/suppressions?{query}"))[0] == 422, query


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"channel": "sms", "recipient": "0612345678"}, {"recipient": "phone_invalid"}),
        ({"channel": "email", "recipient": "ann"}, {"recipient": "email_invalid"}),
        ({"channel": "push", "recipient": "ann"}, {"recipient": "unknown"}),
        ({"channel": "email", "recipient": "a\x00@example.com"}, {"recipient": "forbidden_character"}),
        ({"channel": "sms", "recipient": "+33612345678", "reason": ""}, {"reason": "required"}),
        ({"channel": "sms", "recipient": "+33612345678", "reason": "\u3164"}, {"reason": "required"}),
        ({"channel": "sms", "recipient": "+33612345678", "reason": "x" * 201}, {"reason": "too_long"}),
        ({"channel": "fax", "recipient": "+33612345678"}, {"channel": "wrong_type"}),
        ({"channel": "sms"}, {"recipient": "required"}),
    ],
)
async def test_every_wrong_field_is_named(scene: Scene, given: Json, wrong: dict[str, str]) -> None:
    found = await scene.root.wrong("POST", "/suppressions", given)
    assert wrong.keys() == found.keys()
    assert all(found[field] in (code, "email_invalid") for field, code in wrong.items())


async def test_suppressions_are_for_administrators_and_what_is_not_there_is_404(scene: Scene) -> None:
    for path in ("/suppressions/sms/+33612345678", "/suppressions/fax/x", "/suppressions/email/nobody"):
        assert (await scene.root.ask("DELETE", path))[0] == 404
    for other in (scene.robot, await scene.program("Ann", "customer")):
        for method, path in (("GET", "/suppressions"), ("POST", "/suppressions"), ("DELETE", "/suppressions/sms/x")):
            body = {"channel": "sms", "recipient": "+33612345678"} if method == "POST" else None
            assert (await other.ask(method, path, body))[0] == 403
