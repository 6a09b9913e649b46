"""Reads what stands in queries and headers, with every wrong parameter named as the request calls it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from estafette.base.errors import FieldError, Invalid
from estafette.base.wrong_fields import field_error
from estafette.http.asgi import Scope
from estafette.http.signature import Parameter


class Parameters:
    """The parameters of one handler that stand in the query and in headers."""

    def __init__(self, parameters: Sequence[Parameter]) -> None:
        self._parameters = parameters
        self._queried = {each.wire_name: each.name for each in parameters if each.location == "query"}
        self._headers = {each.wire_name.lower().encode(): each.name for each in parameters if each.location == "header"}
        # One struct of them all is converted in one step; one by one they are only to find out what is wrong.
        self._together = msgspec.defstruct(
            "Parameters",
            [(each.name, each.type, msgspec.NODEFAULT if each.required else each.default) for each in parameters],
            kw_only=True,
        )

    def read(self, scope: Scope) -> dict[str, Any]:
        """The values by the handler's names; raises Invalid. The last of several with one name counts."""
        given: dict[str, str] = {}
        if scope["query_string"] and self._queried:
            for name, value in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True):
                if name in self._queried:
                    given[self._queried[name]] = value
        if self._headers:
            for name, value in scope["headers"]:
                if name in self._headers:
                    given.setdefault(self._headers[name], value.decode("latin-1"))
        try:
            return msgspec.structs.asdict(msgspec.convert(given, self._together, strict=False))
        except msgspec.ValidationError as error:
            raise Invalid(*self._wrong(given)) from error

    def _wrong(self, given: dict[str, str]) -> list[FieldError]:
        found: list[FieldError] = []
        for each in self._parameters:
            if each.name in given:
                try:
                    msgspec.convert(given[each.name], each.type, strict=False)
                except msgspec.ValidationError as wrong:
                    found.append(field_error(str(wrong), each.wire_name))
            elif each.required:
                found.append(FieldError(each.wire_name, "required"))
        return found
