"""What the members of a partner do about a contact request."""

from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from estafette.contact_requests.models.requests import State, StepKind
from estafette.conversations import Message


class RequestChanges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another state, another member who handles it, or nobody; what is not mentioned stays."""

    state: State | UnsetType = UNSET
    assigned_to: UUID | UnsetType | None = UNSET


class Note(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that the partner's members want to remember; the person does not see it."""

    text: str


class FirstWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the partner says to the person, as a message in their conversation."""

    text: str


class OpenedConversation(Struct, frozen=True, kw_only=True):
    """The conversation that a request led to, and what was said in it."""

    conversation_id: UUID
    message: Message


class RequestRow(Struct, frozen=True, kw_only=True):
    """What is locked of a request while something is done about it."""

    id: UUID
    person_id: UUID
    state: State
    assigned_to: UUID | None
    conversation_id: UUID | None
    steps: int


class NewStep(Struct, frozen=True, kw_only=True):
    """A step about to be stored."""

    kind: StepKind
    state: State | None = None
    assigned_to: UUID | None = None
    text: str | None = None
