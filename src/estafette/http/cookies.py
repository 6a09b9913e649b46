"""A cookie that an answer sets."""

from http.cookies import SimpleCookie

import msgspec


class Cookie(msgspec.Struct, frozen=True, kw_only=True):
    """One that scripts cannot read, and that other sites send along only where somebody follows a link (RFC 6265)."""

    name: str
    value: str
    max_age: int
    """Seconds that the browser keeps it; 0 removes it."""
    secure: bool
    """Sent over TLS only."""

    def header(self) -> tuple[bytes, bytes]:
        """The header that sets it."""
        jar = SimpleCookie({self.name: self.value})
        morsel = jar[self.name]
        morsel["max-age"], morsel["path"], morsel["samesite"] = str(self.max_age), "/", "lax"
        morsel["httponly"], morsel["secure"] = True, self.secure
        return b"set-cookie", morsel.OutputString().encode("latin-1")
