"""An invitation goes out by e-mail; where nothing carries e-mail it is not lost, but listed as not sent."""

from uuid import UUID

from estafette.accounts.actions import accepting_invitations, invitations, members
from estafette.accounts.models.inputs import InvitationSecret, MemberPut
from estafette.accounts.models.invitations import Invitation
from tests.accounts.people import LAPTOP
from tests.notifications.people import mail_gateway, recipients, sent
from tests.world import ORIGIN, World

GUEST = "guest@example.com"


async def invite(world: World) -> None:
    put = await members.put_member(world.database, world.claire, world.chateau, MemberPut(email=GUEST, role="member"))
    assert isinstance(put, Invitation)
    await world.react()


async def waiting(world: World, *, carries_mail: bool) -> list[Invitation]:
    async def carries() -> bool:
        return carries_mail

    return (await invitations.list_invitations(world.database, world.claire, world.chateau, carries)).items


async def test_the_letter_says_who_invites_to_what_and_its_link_is_good(world: World) -> None:
    await mail_gateway(world.database)
    await invite(world)
    (letter,) = await sent(world.database)
    assert letter["recipient"] == GUEST
    assert letter["subject"] == "Claire invites you to the team of Château de Vaux-le-Vicomte"
    secret = letter["text"].split(f"{ORIGIN}/invitation/")[1].split()[0]
    shown = await accepting_invitations.show_invitation(world.database, InvitationSecret(secret=secret), LAPTOP)
    assert (shown.email, shown.role) == (GUEST, "member")
    (listed,) = await waiting(world, carries_mail=True)
    assert listed.mailed_at is not None


async def test_without_a_gateway_nothing_goes_out_and_the_list_says_so_until_it_is_sent_again(world: World) -> None:
    await invite(world)
    assert await sent(world.database) == []
    (listed,) = await waiting(world, carries_mail=False)
    assert (listed.email, listed.mailed_at) == (GUEST, None)
    assert await of_partner(world, world.chateau) == 1
    await mail_gateway(world.database)
    await invite(world)
    assert await recipients(world.database) == [GUEST]
    (listed,) = await waiting(world, carries_mail=True)
    assert listed.mailed_at is not None


async def of_partner(world: World, partner: UUID) -> int:
    return await world.database.fetchval("SELECT count(*) FROM invitations WHERE partner_id = $1", partner)
