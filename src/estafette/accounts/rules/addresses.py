"""Reading a pasted list of addresses: lines, commas and semicolons between them, each as `a@b` or `Name <a@b>`."""

import re
from typing import Final

from estafette.accounts.models.invitations import InvitedAddress
from estafette.accounts.rules import people as rules
from estafette.accounts.rules.forms import Form, Wrong
from estafette.accounts.rules.words import optional_line

AT_ONCE: Final = 500
CHARACTERS: Final = 200_000

# What stands between commas and semicolons; neither of them parts what is in quotes or in angle brackets.
_ENTRY: Final = re.compile(r'(?:"[^"]*"|<[^<>]*>|[^,;"<]|["<])+')
_NAMED: Final = re.compile(r"(?P<name>.*?)\s*<(?P<email>[^<>]*)>")
_BESIDE: Final = re.compile(r"(?P<name>.*\S)\s+(?P<email>\S+@\S+)")

_name = optional_line(rules.NAME_CHARACTERS)


def read_addresses(form: Form, field: str, pasted: str) -> list[InvitedAddress]:
    """Each address once, in order; what is wrong is noted under `field[line]`, lines counted from 1."""
    if len(pasted) > CHARACTERS:
        form.refuse(field, "too_long", max=CHARACTERS)
        return []
    found: dict[str, InvitedAddress] = {}
    wrong = 0
    for number, line in enumerate(pasted.splitlines(), 1):
        for entry in _ENTRY.findall(line):
            if not entry.strip():
                continue
            try:
                read = _read(entry.strip())
            except Wrong as error:
                wrong += 1
                if wrong <= AT_ONCE:
                    form.refuse(f"{field}[{number}]", error.code, **error.values)
            else:
                found.setdefault(rules.email_key(read.email), read)
    if len(found) > AT_ONCE:
        form.refuse(field, "too_many", max=AT_ONCE)
    elif not found and not wrong:
        form.refuse(field, "required")
    return list(found.values())


def _read(entry: str) -> InvitedAddress:
    parts = _NAMED.fullmatch(entry) or _BESIDE.fullmatch(entry)
    name, email = (parts["name"], parts["email"]) if parts else ("", entry)
    return InvitedAddress(email=rules.email(email.removeprefix("mailto:")), name=_name(name.strip(" \t\"'")))
