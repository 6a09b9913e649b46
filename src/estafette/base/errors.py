"""The parents of all that can go wrong; the web edge gives each parent its HTTP status in one place."""

from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec


class FieldError(msgspec.Struct, frozen=True):
    """One wrong field of an input: its name, a stable code, and the values its sentence needs (`max`, `min`).

    `told` is what a program needs to know of it, such as which of many ids are unknown.
    """

    field: str
    code: str
    values: dict[str, Any] = {}
    told: dict[str, Any] = {}


class Problem(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "problem"
    told: ClassVar[tuple[str, ...]] = ()
    """Which of its values programs are told beside its words."""

    def __init__(self, **values: object) -> None:
        super().__init__()
        self.values = values

    def __str__(self) -> str:
        return (type(self).__doc__ or self.code).strip().splitlines()[0].format_map(self.values)


class NotFound(Problem):
    """There is nothing here, or nothing that you may see."""

    code = "not_found"


class Unauthenticated(Problem):
    """Sign in first."""

    code = "unauthenticated"


class Forbidden(Problem):
    """You may not do this."""

    code = "forbidden"


class Conflict(Problem):
    """This does not fit the present state."""

    code = "conflict"


class TooLarge(Problem):
    """This is larger than {max} bytes."""

    code = "too_large"


class TooMany(Problem):
    """Too many attempts. Try again in {retry_after} seconds."""

    code = "too_many_attempts"

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after


class Unavailable(Problem):
    """The service is not ready. Try again in a moment."""

    code = "unavailable"


class Malformed(Problem):
    """The request cannot be read."""

    code = "malformed"


class MalformedJSON(Malformed):
    """The body is not valid JSON."""

    code = "malformed_json"


class Invalid(Problem):
    """Some fields are not right."""

    code = "invalid"

    def __init__(self, *fields: FieldError) -> None:
        super().__init__()
        self.fields = fields

    def renamed(self, names: Mapping[str, str]) -> "Invalid":
        """The same, its fields called as another format calls them; what nobody knows keeps the name it came with."""
        return Invalid(
            *(
                each
                if each.code == "unknown_field"
                else FieldError(names.get(each.field, each.field), each.code, each.values, each.told)
                for each in self.fields
            )
        )

    def __str__(self) -> str:
        return "; ".join(f"{each.field}: {each.code}" for each in self.fields) or super().__str__()


def invalid(field: str, code: str, **values: object) -> Invalid:
    """An input with one wrong field."""
    return Invalid(FieldError(field, code, values))
