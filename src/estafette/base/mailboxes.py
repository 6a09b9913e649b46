"""E-mail addresses: one rule for what is accepted and for what can be written to."""

import re
from typing import Final
from unicodedata import normalize

import idna

from estafette.base.visible import trimmed

CHARACTERS: Final = 254  # RFC 5321

_LOCAL_PART: Final = re.compile(r"[!#-'*+\--9=?A-Z^-~]{1,64}")  # ASCII that needs no quotes; dots stand where they like
_LABEL: Final = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
# Addresses of machines (1.2.3.4) and names of one's own network are no mailboxes of people.
_DOMAIN: Final = re.compile(rf"(?:{_LABEL}\.)+(?![0-9]){_LABEL}")


def mailbox(text: str) -> str | None:
    """The address of a person in the form that is kept, however wide it was typed; None when nobody can write to it."""
    plain = normalize("NFKC", trimmed(text))
    written = on_the_wire(plain)
    if written is None or max(len(plain), len(written)) > CHARACTERS:
        return None
    return plain if _DOMAIN.fullmatch(written.rpartition("@")[2]) else None


def on_the_wire(address: str) -> str | None:
    """An address that every mail server takes: its domain in ASCII (IDNA 2008); None when there is no such form."""
    local, _, domain = address.rpartition("@")
    if len(address) > CHARACTERS or not _LOCAL_PART.fullmatch(local):
        return None
    try:
        # The older rules, which Python knows itself, lead ß to another domain.
        host = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return None
    return f"{local}@{host}" if _HOST.fullmatch(host) and len(host) <= 253 else None
