"""Clients: the register of whom the organisation writes to, with what they agreed to, segments of them, and imports.

A client is no person with an account, though one may be linked to it by a confirmed address.
"""

from estafette.clients.actions.answering import clients_at, find_client, note_choices
from estafette.clients.actions.attributes import add_attribute, known_attributes
from estafette.clients.actions.bringing_in import import_file
from estafette.clients.actions.importing import forget_old_imports
from estafette.clients.actions.keeping import add_client, change_client, erase_client
from estafette.clients.actions.looking import client as client_details
from estafette.clients.actions.looking import list_clients
from estafette.clients.actions.previewing import get_import
from estafette.clients.actions.seeding import add_clients
from estafette.clients.actions.segments import add_segment, list_segments, segment_condition, usable_filter
from estafette.clients.actions.uploading import MAX_BYTES
from estafette.clients.dispatch import run_clients
from estafette.clients.errors import SegmentOutdated, UnknownClient, UnknownSegment
from estafette.clients.models.attributes import Attribute, NewAttribute
from estafette.clients.models.clients import (
    Channel,
    Client,
    ClientChanges,
    ClientDetails,
    Clients,
    GivenConsent,
    NewClient,
)
from estafette.clients.models.imports import ClientImport, FaultWords, MatchBy
from estafette.clients.models.segments import (
    AddressRule,
    AttributeRule,
    CommunicationRule,
    ConsentRule,
    Group,
    LanguageRule,
    NewSegment,
    ZoneRule,
)
from estafette.clients.rules.columns import guesses
from estafette.clients.rules.permissions import require_administrator, require_communications
from estafette.clients.store.filters import Condition

__all__ = [
    "MAX_BYTES",
    "AddressRule",
    "Attribute",
    "AttributeRule",
    "Channel",
    "Client",
    "ClientChanges",
    "ClientDetails",
    "ClientImport",
    "Clients",
    "CommunicationRule",
    "Condition",
    "ConsentRule",
    "FaultWords",
    "GivenConsent",
    "Group",
    "LanguageRule",
    "MatchBy",
    "NewAttribute",
    "NewClient",
    "NewSegment",
    "SegmentOutdated",
    "UnknownClient",
    "UnknownSegment",
    "ZoneRule",
    "add_attribute",
    "add_client",
    "add_clients",
    "add_segment",
    "change_client",
    "client_details",
    "clients_at",
    "erase_client",
    "find_client",
    "forget_old_imports",
    "get_import",
    "guesses",
    "import_file",
    "known_attributes",
    "list_clients",
    "list_segments",
    "note_choices",
    "require_administrator",
    "require_communications",
    "run_clients",
    "segment_condition",
    "usable_filter",
]
