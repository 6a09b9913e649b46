"""What a communication says to one client on one channel."""

from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from estafette.base.languages import Language
from estafette.deliveries import Options

Failure = Literal["variable_missing", "template_failed", "text_empty", "too_long", "no_text"]
"""Why nothing can be said to a client: stable codes, which become the reason of a recipient."""


class RenderFailure(Exception):
    """Nothing can be said to this client; `variable` is what it does not have, where that is why."""

    def __init__(self, code: Failure, variable: str | None = None) -> None:
        super().__init__(code if variable is None else f"{code}: {variable}")
        self.code: Failure = code
        self.variable = variable


class Sample(Struct, frozen=True, kw_only=True):
    """A client, or nobody in particular, as far as texts may speak of it."""

    id: UUID = UUID(int=0)
    external_id: str | None = None
    name: str = ""
    email: str | None = None
    phone: str | None = None
    language: Language | None = None
    attributes: dict[str, Any] = {}


class Rendered(Struct, frozen=True, kw_only=True):
    """What goes out: a letter has a subject and HTML; `segments` and `encoding` are of text messages."""

    text: str
    subject: str | None = None
    html: str | None = None
    options: Options = Options()
    segments: int = 1
    encoding: Literal["gsm7", "ucs2"] | None = None


class Missing(Struct, frozen=True, kw_only=True):
    """A variable without a default that some clients do not have: how many of them, and the ids of the first."""

    variable: str
    clients: int
    some: list[UUID]
