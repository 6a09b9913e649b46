"""What handlers may ask for by its type, and how it is found."""

from typing import Any
from uuid import UUID

from estafette import clients, contact_requests, conversations, deliveries, notifications
from estafette.accounts import CarriesMail, Device, SignedIn
from estafette.accounts.api.given import SessionCookies
from estafette.base.database import Database
from estafette.base.errors import Unauthenticated
from estafette.base.languages import Language
from estafette.base.quotas import Quotas
from estafette.base.settings import Settings
from estafette.base.vault import Vault
from estafette.documents import Documents
from estafette.files import MayFetch, Previews, Storage, Uploader
from estafette.http import CallerId, Neighbourhood
from estafette.http.asgi import Scope
from estafette.http.calling import Supply
from estafette.web.addresses import neighbourhood
from estafette.web.cookies import Cookies
from estafette.web.identity import cookie, user_agent
from estafette.web.parts import Process
from estafette.web.problems import language_of
from estafette.web.request_context import context_of
from estafette.web.words import field_message


def supplies(process: Process, cookies: Cookies) -> dict[Any, Supply]:
    """Every type that a handler may ask for: who calls and from where, and the open parts of the process."""
    device_name = cookies.device_name.encode()

    def device(scope: Scope) -> Device:
        address = context_of(scope).address
        return Device(
            address=address,
            neighbourhood=neighbourhood(address),
            user_agent=user_agent(scope),
            token=cookie(scope, device_name),
        )

    return {
        CallerId: lambda scope: _signed_in_or_401(scope).person_id,
        CallerId | None: _person_id_or_none,
        Database: lambda _: process.parts.database,
        Device: device,
        Documents: lambda _: process.parts.documents,
        Language: language_of,
        MayFetch: lambda _: process.parts.may_fetch,
        Neighbourhood: lambda scope: neighbourhood(context_of(scope).address),
        Previews: lambda _: process.parts.previews,
        Quotas: lambda _: process.parts.quotas,
        SessionCookies: lambda _: cookies,
        Settings: lambda _: process.parts.settings,
        SignedIn: _signed_in_or_401,
        SignedIn | None: lambda scope: context_of(scope).signed_in,
        Storage: lambda _: process.parts.storage,
        Uploader: lambda _: process.parts.uploader,
        Vault: lambda _: process.parts.vault,
        clients.FaultWords: lambda _: field_message,
        contact_requests.Acceptor: lambda _: process.parts.request_acceptor,
        conversations.Sender: lambda _: process.parts.sender,
        deliveries.Acceptor: lambda _: process.parts.acceptor,
        deliveries.Callbacks: lambda _: process.parts.callbacks,
        CarriesMail: lambda _: process.parts.carries_mail,
        notifications.Renderers: lambda _: process.parts.renderers,
    }


def _signed_in_or_401(scope: Scope) -> SignedIn:
    signed_in = context_of(scope).signed_in
    if signed_in is None:
        raise Unauthenticated
    return signed_in


def _person_id_or_none(scope: Scope) -> UUID | None:
    signed_in = context_of(scope).signed_in
    return None if signed_in is None else signed_in.person_id
