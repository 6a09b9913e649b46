"""Reading an input as a whole: every wrong field is found, not only the first."""

from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar, cast

from msgspec import UNSET, UnsetType

from estafette.base.errors import FieldError, Invalid

Given = TypeVar("Given")
Read = TypeVar("Read")


class Wrong(Exception):
    """A value is not right: the stable code of the reason and the values that its sentence needs."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Form:
    """Collects what is wrong while fields are read; leaving its `with` block raises Invalid with all of it.

    What `read` returned must not be used inside the block: after a wrong value it is the value as given.
    """

    def __init__(self) -> None:
        self.errors: list[FieldError] = []

    def read(self, field: str, rule: Callable[[Given], Read], value: Given) -> Read:
        """The value as the rule reads it."""
        try:
            return rule(value)
        except Wrong as wrong:
            self.refuse(field, wrong.code, **wrong.values)
            return cast(Read, value)

    def read_change(self, field: str, rule: Callable[[Given], Read], value: Given | UnsetType, kept: Read) -> Read:
        """The value as the rule reads it, or what was there when nothing was given."""
        return kept if value is UNSET else self.read(field, rule, cast(Given, value))

    def refuse(self, field: str, code: str, **values: object) -> None:
        """Notes a wrong field."""
        self.errors.append(FieldError(field, code, values))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None and self.errors:
            raise Invalid(*self.errors)
