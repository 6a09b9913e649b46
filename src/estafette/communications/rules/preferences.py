"""Links by which clients say whether they wish to be written to: signed, so that nobody can make one for another."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hmac import compare_digest, digest
from struct import Struct as Packed
from struct import error
from typing import Final
from uuid import UUID

from msgspec import Struct

from estafette.base.vault import Vault
from estafette.clients import Channel

VALID: Final = timedelta(days=180)
"""How long a link can be used after its day; law asks for 30 days in some places, 60 in others."""

CHARACTERS: Final = 68
_FORM: Final = 1
_PURPOSE: Final = b"links to the preferences of clients"
_CHANNELS: Final[tuple[Channel, ...]] = ("email", "sms", "whatsapp")
_PARTS: Final = Packed(">BBH16s16s")
_MAC: Final = 15  # bytes: with the parts a multiple of three, so that base64 needs no padding
_LINK: Final = re.compile(rf"(/preferences/)[A-Za-z0-9_-]{{{CHARACTERS}}}")
_DAY_ZERO: Final = datetime(2020, 1, 1, tzinfo=UTC)


class Preference(Struct, frozen=True, kw_only=True):
    """Whose preferences a link shows, by which channel and communication it was sent, and on which day."""

    client_id: UUID
    channel: Channel
    communication_id: UUID
    at: datetime


class Links(Struct, frozen=True, kw_only=True):
    """What a text for one client may name: `page` shows what they can choose.

    `one_click` is the same address where mail programs may post to it (RFC 8058), None without https.
    """

    page: str
    one_click: str | None


class PreferenceLinks:
    """Makes and reads the links of an installation; `origin` is the address that people use."""

    def __init__(self, origin: str, vault: Vault) -> None:
        self._origin = origin
        self._key = vault.key_for(_PURPOSE)

    def links_for(
        self, communication_id: UUID, channel: Channel, client_ids: Iterable[UUID], at: datetime
    ) -> dict[UUID, Links]:
        """The links of a communication by a channel, for each client."""
        return {
            client_id: self._links(
                self.token(Preference(client_id=client_id, channel=channel, communication_id=communication_id, at=at))
            )
            for client_id in client_ids
        }

    def token(self, preference: Preference) -> str:
        """What stands in the address behind `/preferences/`."""
        days = (preference.at - _DAY_ZERO).days
        parts = _PARTS.pack(
            _FORM,
            _CHANNELS.index(preference.channel),
            days,
            preference.client_id.bytes,
            preference.communication_id.bytes,
        )
        return urlsafe_b64encode(parts + self._signature(parts)).decode()

    def read(self, token: str) -> Preference | None:
        """What a token says; None for one that this installation did not make."""
        if len(token) != CHARACTERS:
            return None
        try:
            given = urlsafe_b64decode(token)
            parts, signature = given[: _PARTS.size], given[_PARTS.size :]
            if not compare_digest(signature, self._signature(parts)):
                return None
            _, channel, days, client, communication = _PARTS.unpack(parts)
        except (ValueError, error):
            return None
        return Preference(
            client_id=UUID(bytes=client),
            channel=_CHANNELS[channel],
            communication_id=UUID(bytes=communication),
            at=_DAY_ZERO + timedelta(days=days),
        )

    def _signature(self, parts: bytes) -> bytes:
        return digest(self._key, parts, "sha256")[:_MAC]

    def _links(self, token: str) -> Links:
        url = f"{self._origin}/preferences/{token}"
        return Links(page=url, one_click=url if url.startswith("https://") else None)


def without_keys(text: str) -> str:
    """A text as others may read it: with its links anybody could choose in the name of the client."""
    return _LINK.sub(r"\1…", text)
