"""Links that end the e-mails of one kind for one person (RFC 8058): sealed, so that nobody can make one up."""

import base64
import binascii
from typing import Final
from uuid import UUID

import msgspec

from estafette.base.vault import Vault
from estafette.notifications.models.notices import Kind

_ABOUT: Final = b"unsubscribe"


def unsubscribe_token(vault: Vault, person_id: UUID, kind: Kind) -> str:
    """What stands in the link."""
    return base64.urlsafe_b64encode(vault.encrypt(person_id.bytes + kind.encode(), _ABOUT)).decode().rstrip("=")


def read_unsubscribe_token(vault: Vault, token: str) -> tuple[UUID, Kind] | None:
    """Whose e-mails of which kind a link ends; None when it is not ours."""
    try:
        sealed = base64.urlsafe_b64decode(token[:300] + "=" * (-len(token[:300]) % 4))
        plain = vault.decrypt(sealed, _ABOUT)
        return UUID(bytes=plain[:16]), msgspec.convert(plain[16:].decode(), Kind)
    except (ValueError, binascii.Error, msgspec.ValidationError):
        return None
