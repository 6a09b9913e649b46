"""The ladder: in the app first, by other ways only if it was not seen, never twice, never at the wrong time."""

import asyncio
from datetime import datetime, timedelta

import msgspec
import pytest

from estafette import conversations, deliveries
from estafette.base.errors import Invalid
from estafette.base.vault import Vault
from estafette.deliveries import GatewayInput, NewSuppression
from estafette.main.renderers import RENDERERS
from estafette.notifications.actions import settings
from estafette.notifications.actions.due_steps import run_due_steps
from estafette.notifications.models.settings import ExceptionPut
from tests.notifications.people import bell, browser_of, choose, mail_gateway, recipients, sent, wait
from tests.world import RENDER_CONTEXT, World


async def test_who_does_not_look_gets_one_e_mail_with_all_that_was_said(world: World) -> None:
    await mail_gateway(world.database)
    place = (await world.write(world.ann, world.chateau, "Is the garden open?")).conversation.id
    await world.react()
    await wait(world, seconds=60)
    await world.say(world.ann, place, "We are eleven.")
    await world.react()
    await wait(world, seconds=230)
    assert await sent(world.database) == []
    await wait(world, seconds=20)
    letters = {row["recipient"]: row for row in await sent(world.database)}
    assert letters.keys() == {"claire@example.com", "denis@example.com"}
    letter = letters["claire@example.com"]
    assert letter["subject"] == "Ann wrote to Château de Vaux-le-Vicomte"
    assert "> Is the garden open?" in letter["text"]
    assert "> We are eleven." in letter["text"]
    assert f"{RENDER_CONTEXT.origin}/inbox/{world.chateau}/{place}" in letter["text"]
    await wait(world, days=1)
    assert len(await sent(world.database)) == 2


async def test_what_is_said_later_is_told_in_a_letter_of_its_own_without_what_was_told(world: World) -> None:
    await mail_gateway(world.database)
    await choose(world, world.claire, ("message", "email", True, 120))
    place = (await world.write(world.ann, world.chateau, "First")).conversation.id
    await world.react()
    await wait(world, minutes=3)
    await world.say(world.ann, place, "Second")
    await world.react()
    await wait(world, minutes=3)
    mine = [row for row in await sent(world.database) if row["recipient"] == "claire@example.com"]
    assert ["> First" in row["text"] for row in mine] == [True, False]
    assert ["> Second" in row["text"] for row in mine] == [False, True]
    assert mine[1]["subject"] == "Ann wrote to Château de Vaux-le-Vicomte"


async def test_who_has_seen_it_hears_nothing_more(world: World) -> None:
    await mail_gateway(world.database)
    message = (await world.write(world.ann, world.chateau, "Hello")).message
    await world.react()
    await wait(world, minutes=4)
    await conversations.mark_read(world.database, world.claire.card, message.conversation_id, message.ordinal)
    await wait(world, minutes=10)
    assert await recipients(world.database) == ["denis@example.com"]


async def test_a_message_that_is_gone_is_not_mailed(world: World) -> None:
    await mail_gateway(world.database)
    message = (await world.write(world.ann, world.chateau, "Oops")).message
    await world.react()
    await conversations.delete_message(world.database, world.ann.person_id, message.conversation_id, message.id)
    await wait(world, minutes=10)
    assert await sent(world.database) == []


async def test_quiet_hours_put_off_until_their_end_in_the_persons_zone(world: World) -> None:
    await mail_gateway(world.database)
    await world.database.execute("UPDATE people SET time_zone = 'Asia/Kathmandu'")
    now = world.database.clock.now()
    # Kathmandu is 5:45 ahead: half past four in the morning there.
    world.database.clock.move(datetime(now.year + 1, 3, 1, 22, 45, tzinfo=now.tzinfo) - now)
    await choose(world, world.claire, quiet_from="22:00", quiet_until="07:00")
    await world.write(world.ann, world.chateau, "Hello")
    await world.react()
    assert [each.text for each in await bell(world, world.claire)] == ["Hello"], "the bell makes no noise"
    await wait(world, minutes=30)
    assert await recipients(world.database) == ["denis@example.com"]
    await wait(world, minutes=119)
    assert await recipients(world.database) == ["denis@example.com"]
    await wait(world, minutes=2)
    assert await recipients(world.database) == ["denis@example.com", "claire@example.com"]


async def test_do_not_disturb_ends_by_itself(world: World) -> None:
    await mail_gateway(world.database)
    until = world.database.clock.now() + timedelta(hours=2)
    await choose(world, world.claire, do_not_disturb_until=until)
    await choose(world, world.denis, ("message", "email", False, 120))
    await world.write(world.ann, world.chateau, "Hello")
    await world.react()
    await wait(world, minutes=119)
    assert await sent(world.database) == []
    await wait(world, minutes=2)
    assert await recipients(world.database) == ["claire@example.com"]
    assert (await settings.settings_of(world.database, world.claire)).do_not_disturb_until is None


async def test_every_browser_is_told_and_what_is_newer_takes_the_place_of_what_is_older(world: World) -> None:
    browsers = {str(await browser_of(world, world.claire)) for _ in range(2)}
    # Every installation has a gateway for push messages.
    await mail_gateway(world.database, ["push"])
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.react()
    await wait(world, seconds=31)
    pushed = await sent(world.database, "push")
    assert {row["recipient"] for row in pushed} == browsers
    assert pushed[0]["subject"] == "Ann wrote to Château de Vaux-le-Vicomte"
    assert pushed[0]["text"] == "Hello"
    assert pushed[0]["options"] == {"topic": place.hex, "url": f"/inbox/{world.chateau}/{place}"}


async def test_a_text_message_says_who_and_where(world: World) -> None:
    await mail_gateway(world.database)
    await world.database.execute("UPDATE people SET phone = '+33612345678' WHERE id = $1", world.claire.person_id)
    await choose(world, world.claire, ("message", "sms", True, 0), ("message", "email", False, 120))
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.react()
    await world.run_due_steps()
    [text] = await sent(world.database, "sms")
    assert text["recipient"] == "+33612345678"
    assert text["text"] == (
        f"Ann wrote to Château de Vaux-le-Vicomte {RENDER_CONTEXT.origin}/inbox/{world.chateau}/{place}"
    )


async def test_by_whatsapp_it_is_a_notice_of_a_gateway_that_has_a_template_for_them(world: World) -> None:
    await world.database.execute("UPDATE people SET phone = '+33612345678' WHERE id = $1", world.claire.person_id)
    await choose(world, world.claire, ("message", "whatsapp", True, 0), ("message", "email", False, 120))
    settings_ = {"phone_number_id": "1", "business_account_id": "2"}
    words = {"access_token": "a", "app_secret": "b", "verify_token": "c"}
    gateway = GatewayInput(
        name="WhatsApp", transport="whatsapp", channels=["whatsapp"], settings=settings_, credentials=words
    )
    id_ = await deliveries.make_gateway(world.database, Vault(bytes(32)), gateway)
    assert await whatsapp_state(world) == "no_gateway"
    await world.database.execute(
        "UPDATE gateways SET settings = settings || $2 WHERE id = $1", id_, {"notice_template": "notice"}
    )
    assert await whatsapp_state(world) == "ready"
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.react()
    await world.run_due_steps()
    [notice] = await sent(world.database, "whatsapp")
    assert (notice["recipient"], notice["options"]) == ("+33612345678", {"notice": True, "template_language": "en"})
    assert notice["text"].endswith(f" {RENDER_CONTEXT.origin}/inbox/{world.chateau}/{place}")
    await deliveries.suppress(
        world.database,
        NewSuppression(channel="whatsapp", recipient="+33612345678", reason="unsubscribed"),
        world.root.person_id,
    )
    assert await whatsapp_state(world) == "suppressed"


async def whatsapp_state(world: World) -> str:
    """Whether claire can be reached by WhatsApp."""
    found = (await settings.settings_of(world.database, world.claire)).reach
    return {each.channel: each.state for each in found}["whatsapp"]


@pytest.mark.parametrize(("level", "told"), [("nothing", []), ("app", ["Hello again"])])
async def test_less_of_one_conversation(world: World, level: str, told: list[str]) -> None:
    await mail_gateway(world.database)
    await choose(world, world.denis, ("message", "email", False, 120))
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await settings.put_exception(world.database, world.claire, place, msgspec.convert({"level": level}, ExceptionPut))
    await world.say(world.ann, place, "Hello again")
    await world.react()
    await wait(world, hours=1)
    assert [each.text for each in await bell(world, world.claire)] == told
    assert await sent(world.database) == []
    await world.write(world.ben, world.chateau, "Another one")
    await world.react()
    await wait(world, hours=1)
    assert await recipients(world.database) == ["claire@example.com"], "of all others one hears as ever"


async def test_a_mute_ends_at_its_time(world: World) -> None:
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    until = world.database.clock.now() + timedelta(hours=1)
    await settings.put_exception(world.database, world.claire, place, ExceptionPut(level="nothing", until=until))
    await world.react()
    assert await bell(world, world.claire) == []
    world.database.clock.move(timedelta(hours=2))
    await world.say(world.ann, place, "Hello again")
    await world.react()
    assert [each.text for each in await bell(world, world.claire)] == ["Hello again"]
    assert (await settings.exception_of(world.database, world.claire, place)).level == "all"


async def test_an_address_that_bounced_is_not_written_to_and_the_person_is_told(world: World) -> None:
    await mail_gateway(world.database)
    bounced = NewSuppression(channel="email", recipient="claire@example.com", reason="bad_destination")
    await deliveries.suppress(world.database, bounced, world.root.person_id)
    await world.write(world.ann, world.chateau, "Hello")
    await world.react()
    await wait(world, minutes=10)
    assert await recipients(world.database) == ["denis@example.com"]
    reach = {each.channel: each.state for each in (await settings.settings_of(world.database, world.claire)).reach}
    assert reach == {"push": "no_device", "email": "suppressed", "sms": "no_address", "whatsapp": "no_address"}
    outcomes = await world.database.fetch("SELECT outcome FROM notification_taken_steps WHERE channel = 'email'")
    assert sorted(row["outcome"] for row in outcomes) == ["sent", "suppressed"]
    assert [each.text for each in await bell(world, world.claire)] == ["Hello"], "nothing is lost"


async def test_an_address_that_somebody_typed_is_written_to_once_it_is_confirmed(world: World) -> None:
    await mail_gateway(world.database)
    await world.database.execute("UPDATE people SET email_confirmed_at = NULL")
    place = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.say(world.claire, place, "Hello Ann")
    await world.react()
    await wait(world, minutes=10)
    assert await sent(world.database) == []
    reach = (await settings.settings_of(world.database, world.ann)).reach
    assert [each.state for each in reach if each.channel == "email"] == ["unconfirmed"]
    await world.database.execute("UPDATE people SET email_confirmed_at = now()")
    await world.say(world.claire, place, "Are you there?")
    await world.react()
    await wait(world, minutes=10)
    assert await recipients(world.database) == ["ann@example.com"]


async def test_without_a_gateway_the_bell_alone_tells_and_the_settings_say_so(world: World) -> None:
    await world.write(world.ann, world.chateau, "Hello")
    await world.react()
    await wait(world, minutes=10)
    assert await sent(world.database) == []
    reach = (await settings.settings_of(world.database, world.claire)).reach
    assert [each.state for each in reach if each.channel == "email"] == ["no_gateway"]
    assert [each.text for each in await bell(world, world.claire)] == ["Hello"]


async def test_a_content_that_cannot_be_rendered_holds_up_no_other(world: World) -> None:
    await mail_gateway(world.database)
    sick = (await world.write(world.ann, world.chateau, "Hello")).conversation.id
    await world.write(world.ben, world.chateau, "Hello")
    await world.react()
    world.database.clock.move(timedelta(minutes=10))

    async def tell(queries: object, asks: object) -> object:
        if any(ask.topic_id == sick for ask in asks):  # type: ignore[attr-defined]
            raise ValueError("a content with a fault")
        return await RENDERERS["message"](queries, asks)  # type: ignore[arg-type]

    assert await run_due_steps(world.database, {"message": tell}, RENDER_CONTEXT) > 0  # type: ignore[dict-item]
    subjects = [row["subject"] for row in await sent(world.database)]
    assert subjects == ["Ben wrote to Château de Vaux-le-Vicomte"] * 2
    left = await world.database.fetch("SELECT attempts, failure FROM notification_steps")
    assert {(row["attempts"], row["failure"]) for row in left} == {(1, "ValueError: a content with a fault")}
    await wait(world, seconds=5)
    assert len(await sent(world.database)) == 4, "once it can be told, it is"


async def test_the_e_mails_of_a_kind_end_with_the_link_in_them(world: World) -> None:
    await mail_gateway(world.database)
    await world.write(world.ann, world.chateau, "Hello")
    await world.react()
    await wait(world, minutes=10)
    letter = next(row for row in await sent(world.database) if row["recipient"] == "claire@example.com")
    token = letter["text"].split("/unsubscribe/")[1].split()[0]
    await settings.unsubscribe(world.database, RENDER_CONTEXT.vault, token)
    rules = (await settings.settings_of(world.database, world.claire)).rules
    assert [each.enabled for each in rules if each.channel == "email"] == [False, *[True] * 4]
    with pytest.raises(settings.UnsubscribeLinkUnknown):
        await settings.unsubscribe(world.database, RENDER_CONTEXT.vault, token[:-4] + "AAAA")


async def test_what_is_settled_wrongly_is_named(world: World) -> None:
    with pytest.raises(Invalid) as wrong:
        await choose(world, world.claire, quiet_from="25:00", quiet_until="7")
    assert [(each.field, each.code) for each in wrong.value.fields] == [
        ("quiet_from", "not_a_time"), ("quiet_until", "not_a_time")
    ]  # fmt: skip
    with pytest.raises(Invalid) as wrong:
        await choose(world, world.claire, quiet_from="22:00")
    assert [each.field for each in wrong.value.fields] == ["quiet_until"]
    with pytest.raises(Invalid) as wrong:
        await choose(world, world.claire, ("message", "email", True, 119), ("message", "app", True, 1))
    assert [(each.field, each.values) for each in wrong.value.fields] == [
        ("rules[0].delay_seconds", {"min": 120, "max": 86_400}),
        ("rules[1].delay_seconds", {"min": 0, "max": 0}),
    ]
    with pytest.raises(Invalid):
        await choose(world, world.claire, do_not_disturb_until=world.database.clock.now() - timedelta(minutes=1))


async def test_several_workers_take_each_step_once(world: World) -> None:
    await mail_gateway(world.database)
    for who in (world.ann, world.ben):
        await world.write(who, world.chateau, "Hello")
    await world.react()
    world.database.clock.move(timedelta(minutes=10))
    await asyncio.gather(*(world.run_due_steps() for _ in range(4)))
    assert len(await sent(world.database)) == 4
