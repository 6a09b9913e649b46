"""What is one's own alone is told to one's own devices alone: what is sent later, reminders, drafts."""

from datetime import UTC, datetime, timedelta

from tests.live.test_live_socket import client, customer, told, write
from tests.processes import Site, ask
from tests.waiting import eventually


async def test_ones_own_devices_hear_what_one_puts_off_and_nobody_else(here: Site) -> None:
    ann = await customer(here)
    said = await write(here, ann, "Hello")
    place = f"{here.webs[0].url}/api/v1/conversations/{said['conversation_id']}"
    at = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    mine, theirs = await client(here, ann, 1), await client(here, here.world.claire, 1)
    async with mine.connected(), theirs.connected():
        for method, path, body, status in (
            ("POST", "scheduled-messages", {"text": "Later", "send_at": at}, 201),
            ("PUT", f"messages/{said['id']}/reminder", {"at": at}, 200),
            ("PUT", "draft", {"text": "Half a thought"}, 200),
        ):
            found, answer = await ask(here.http, method, f"{place}/{path}", await here.token(ann), body)
            assert found == status, answer
        first = answer["revision"]
        again = {"text": "Another thought", "revision": first}
        second = (await ask(here.http, "PUT", f"{place}/draft", await here.token(ann), again))[1]["revision"]
        # A device that knew the first one only sends it: the second one stays, and nobody is told that none is left.
        for text, revision in (("Half a thought", first), ("A whole thought", second)):
            sent = {"text": text, "draft": revision}
            assert (await ask(here.http, "POST", f"{place}/messages", await here.token(ann), sent))[0] == 201
        await eventually(lambda: len(told(mine, "draft")) == 3, lambda: mine.frames)
        await eventually(lambda: told(mine, "scheduled_messages") and told(mine, "reminders"), lambda: mine.frames)
        # Frames of one connection keep their order: whoever has the message has all that came before it.
        await eventually(lambda: "A whole thought" in str(told(theirs, "changes")), lambda: theirs.frames)
    assert [each["revision"] for each in told(mine, "draft")] == [first, second, 0]
    for kind in ("scheduled_messages", "reminders", "draft"):
        assert not told(theirs, kind)
