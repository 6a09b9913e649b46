"""What gateways are signed in to with: encrypted in the database, each for its own gateway."""

from typing import Any, TypeVar
from uuid import UUID

import msgspec

from estafette.base.vault import Vault

Of = TypeVar("Of")

_WHAT = b"credentials of gateway "


def seal(vault: Vault, gateway_id: UUID, credentials: dict[str, Any]) -> bytes | None:
    """The credentials as they may be stored; None when there are none."""
    return vault.encrypt(msgspec.json.encode(credentials), _WHAT + gateway_id.bytes) if credentials else None


def unseal(vault: Vault, gateway_id: UUID, sealed: bytes | None) -> dict[str, Any]:
    """The credentials by their names; raises ValueError when the vault has another key, or they are another's."""
    return unsealed_as(vault, gateway_id, sealed, dict[str, Any])


def unsealed_as(vault: Vault, gateway_id: UUID, sealed: bytes | None, type_: type[Of]) -> Of:
    """The credentials as a transport's own type; raises ValueError as `unseal` does, and when they do not fit it."""
    plain = b"{}" if sealed is None else vault.decrypt(sealed, _WHAT + gateway_id.bytes)
    return msgspec.json.decode(plain, type=type_)
