"""The headers that every answer carries: nothing inline, nothing foreign, nothing framed, nothing guessed."""

from typing import Final

from estafette.base.settings import Settings

Headers = list[tuple[bytes, bytes]]

NO_STORE: Final = (b"cache-control", b"no-store")
_ALWAYS_SENT: Final = frozenset(
    {
        b"cache-control",
        b"content-security-policy",
        b"cross-origin-opener-policy",
        b"cross-origin-resource-policy",
        b"permissions-policy",
        b"referrer-policy",
        b"strict-transport-security",
        b"x-content-type-options",
        b"x-frame-options",
    }
)


def content_security_policy(settings: Settings) -> str:
    """Scripts, styles and fonts from here alone; sockets to here (older browsers need them named)."""
    sockets = settings.origin.replace("http", "ws", 1)
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            f"connect-src 'self' {sockets}",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
        )
    )


def always(settings: Settings) -> Headers:
    """The headers of every answer; a handler that sends one of them itself has the last word."""
    headers = {
        "content-security-policy": content_security_policy(settings),
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "referrer-policy": "strict-origin-when-cross-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }
    if settings.secure:
        headers["strict-transport-security"] = "max-age=31536000"
    return [*[(name.encode(), value.encode()) for name, value in headers.items()], NO_STORE]


def completed(given: Headers, defaults: Headers) -> Headers:
    """An answer's own headers, and those of ours that it does not set."""
    names = {name.lower() for name, _ in given}
    if names.isdisjoint(_ALWAYS_SENT):
        return given + defaults
    return [*given, *[each for each in defaults if each[0] not in names]]
