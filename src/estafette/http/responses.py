"""An answer whose status, headers or cookies a handler chooses itself; a plain value is returned as it is."""

from collections.abc import Mapping, Sequence
from typing import Final, Generic, TypeVar

import msgspec

from estafette.http.cookies import Cookie

JSON: Final = "application/json"
encode: Final = msgspec.json.Encoder().encode

_Value = TypeVar("_Value")


class Answer(msgspec.Struct, Generic[_Value], frozen=True):
    """A value for the body, and what is said beside it."""

    value: _Value
    status: int
    headers: Mapping[str, str] = {}
    cookies: Sequence[Cookie] = ()

    def raw_headers(self) -> list[tuple[bytes, bytes]]:
        """Headers and cookies as ASGI sends them."""
        named = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in self.headers.items()]
        return [*named, *[cookie.header() for cookie in self.cookies]]
