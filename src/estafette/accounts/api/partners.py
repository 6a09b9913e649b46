"""Partners, their storefronts and their members."""

from typing import Final
from uuid import UUID

from estafette.accounts.actions import members, partners
from estafette.accounts.api.given import Words
from estafette.accounts.models.inputs import MemberPut, NewPartner, PartnerChanges
from estafette.accounts.models.invitations import Invitation
from estafette.accounts.models.lists import Members, Partners
from estafette.accounts.models.partners import Member, Storefront
from estafette.accounts.models.people import SignedIn
from estafette.accounts.rules import storefront_codes
from estafette.base.database import Database
from estafette.base.settings import Settings
from estafette.http import Answer, Cursor, Limit, Outcome, Response, delete, get, patch, post, put

TAGS = ["Partners"]
SVG: Final = "image/svg+xml"
PNG: Final = "image/png"
# The address of the server may change, which is asked for again after a day.
_KEPT: Final = "public, max-age=86400"


@get("/partners", tags=TAGS, summary="Partners", operation_id="listPartners")
async def list_partners(database: Database, q: Words = None, cursor: Cursor = None, limit: Limit = 50) -> Partners:
    """Partners by name, or those whose name, tagline or city holds all words of `q`. Needs no sign-in."""
    return await partners.list_partners(database, q, cursor, limit)


@post("/partners", tags=TAGS, summary="Add a partner", operation_id="addPartner")
async def add_partner(database: Database, signed_in: SignedIn, data: NewPartner) -> Storefront:
    """For administrators. An owner who has not confirmed the address, or has no account, is mailed an invitation."""
    return await partners.open_partner(database, signed_in, data)


@get("/partners/{partner_id}", tags=TAGS, summary="A storefront", operation_id="getPartner")
async def get_partner(database: Database, visitor: SignedIn | None, partner_id: UUID) -> Storefront:
    """Needs no sign-in; members and administrators also see the confirmation texts."""
    return await partners.storefront(database, visitor, partner_id)


@get(
    "/partners/{partner_id}/code.svg",
    tags=TAGS,
    summary="The address of a storefront as a QR code",
    operation_id="getStorefrontCode",
    media_type=SVG,
)
async def get_code(database: Database, settings: Settings, partner_id: UUID) -> Response:
    """A drawing of any size. Needs no sign-in: what it leads to is public."""
    return await _code(database, settings, partner_id, "svg", SVG)


@get(
    "/partners/{partner_id}/code.png",
    tags=TAGS,
    summary="The address of a storefront as a QR code in pixels",
    operation_id="getStorefrontCodeAsPicture",
    media_type=PNG,
)
async def get_code_as_picture(database: Database, settings: Settings, partner_id: UUID) -> Response:
    """The same for programs that take no drawings, large enough to be printed."""
    return await _code(database, settings, partner_id, "png", PNG)


@patch("/partners/{partner_id}", tags=TAGS, summary="Change a storefront", operation_id="changePartner")
async def change_partner(database: Database, signed_in: SignedIn, partner_id: UUID, data: PartnerChanges) -> Storefront:
    """For owners and administrators. What is not mentioned stays; an empty confirmation text is the default one."""
    return await partners.change_partner(database, signed_in, partner_id, data)


@get("/partners/{partner_id}/members", tags=TAGS, summary="Members of a partner", operation_id="listMembers")
async def list_members(database: Database, signed_in: SignedIn, partner_id: UUID) -> Members:
    """For members and administrators; only owners and administrators see e-mail addresses."""
    return Members(items=await members.list_members(database, signed_in, partner_id))


@put(
    "/partners/{partner_id}/members",
    tags=TAGS,
    summary="Add or change a member",
    operation_id="putMember",
    outcomes={202: Outcome("Invited", Invitation)},
)
async def put_member(
    database: Database, signed_in: SignedIn, partner_id: UUID, data: MemberPut
) -> Answer[Member | Invitation]:
    """For owners and administrators; the last owner stays one.

    An address that is nobody's here, or that its owner has not confirmed, is mailed an invitation: the answer is 202
    and the invitation, and the membership begins when the link is followed.
    """
    put = await members.put_member(database, signed_in, partner_id, data)
    return Answer(put, 202 if isinstance(put, Invitation) else 200)


@delete(
    "/partners/{partner_id}/members/{person_id}",
    tags=TAGS,
    summary="Remove a member",
    operation_id="removeMember",
)
async def remove_member(database: Database, signed_in: SignedIn, partner_id: UUID, person_id: UUID) -> None:
    """For owners, administrators, and members who leave; the last owner stays."""
    await members.remove_member(database, signed_in, partner_id, person_id)


async def _code(
    database: Database, settings: Settings, partner_id: UUID, form: storefront_codes.Form, media_type: str
) -> Response:
    partner = await partners.storefront(database, None, partner_id)
    body = storefront_codes.drawn(storefront_codes.address(settings.origin, partner.id), form)
    return Response(body, media_type=media_type, headers={"Cache-Control": _KEPT})
