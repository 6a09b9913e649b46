"""What a domain of addresses may be like, and which ones are everybody's."""

from typing import Final, NamedTuple

from estafette.accounts.rules.forms import Wrong
from estafette.accounts.rules.people import email_key
from estafette.base import mailboxes
from estafette.base.visible import is_visible, trimmed

CHARACTERS: Final = 253

PUBLIC: Final = frozenset(
    [
        "126.com",
        "163.com",
        "aol.com",
        "bk.ru",
        "bol.com.br",
        "duck.com",
        "fastmail.com",
        "free.fr",
        "gmail.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hey.com",
        "hotmail.co.uk",
        "hotmail.com",
        "hotmail.com.br",
        "hotmail.fr",
        "icloud.com",
        "ig.com.br",
        "inbox.ru",
        "laposte.net",
        "list.ru",
        "live.com",
        "live.fr",
        "mac.com",
        "mail.com",
        "mail.ru",
        "me.com",
        "msn.com",
        "naver.com",
        "orange.fr",
        "outlook.com",
        "outlook.com.br",
        "outlook.fr",
        "pm.me",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "rambler.ru",
        "sfr.fr",
        "terra.com.br",
        "tuta.com",
        "tutanota.com",
        "uol.com.br",
        "wanadoo.fr",
        "web.de",
        "ya.ru",
        "yahoo.co.uk",
        "yahoo.com",
        "yahoo.com.br",
        "yahoo.fr",
        "yandex.com",
        "yandex.ru",
        "ymail.com",
        "zoho.com",
    ]
)
"""Where anybody gets a mailbox; the ones that most of our readers know."""


class Domain(NamedTuple):
    """In ASCII, and as it is written in addresses."""

    domain: str
    name: str


def domain(typed: str) -> Domain:
    """A domain as somebody types it, with or without the @ in front."""
    text = trimmed(typed).removeprefix("@")
    if not is_visible(text):
        raise Wrong("required")
    if len(text) > CHARACTERS:
        raise Wrong("too_long", max=CHARACTERS)
    found = domain_of(f"x@{text}")
    if found is None:
        raise Wrong("domain_invalid")
    return found


def domain_of(email: str) -> Domain | None:
    """The domain of an address; none where nobody can write to."""
    key = email_key(email)
    mailbox = mailboxes.mailbox(key)
    written = mailboxes.on_the_wire(mailbox) if mailbox else None
    if mailbox is None or written is None:
        return None
    return Domain(written.rpartition("@")[2].lower(), key.rpartition("@")[2])
