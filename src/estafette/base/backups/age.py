"""The format of the tool `age`, with a passphrase: what is encrypted here can be opened with it, and the reverse.

See https://age-encryption.org/v1: a header with the key of the file, encrypted by scrypt, then pieces of 64 kB by
ChaCha20-Poly1305. Each piece is numbered and the last one marked, so that nothing can be cut off, moved or repeated.
"""

import hashlib
import hmac
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from estafette.base.backups.errors import BackupDamaged, WrongPassphrase

PIECE: Final = 64 * 1024
WORK: Final = 17
"""The logarithm of scrypt's cost: 128 MB and half a second for each file, the least that OWASP asks for."""
_MOST_WORK: Final = 20
_TAG: Final = 16
_INTRO: Final = b"age-encryption.org/v1\n"
_HEADER: Final = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9]\d?)\n([A-Za-z0-9+/]{43})\n---"
)
_LONGEST_HEADER: Final = 512


class Writable(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> object:
        """Takes all of them."""
        ...


class Readable(Protocol):
    """Where bytes come from."""

    def read(self, size: int = -1, /) -> bytes:
        """At most so many; none at the end."""
        ...


class Encrypting:
    """Writes encrypted to another file; it is whole only after `close`."""

    def __init__(self, target: Writable, passphrase: str, work: int = WORK) -> None:
        self._target = target
        self._waiting = bytearray()
        self._number = 0
        file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
        wrapped = _wrapper(passphrase, salt, work).encrypt(bytes(12), file_key, None)
        header = _INTRO + b"-> scrypt %s %d\n%s\n---" % (_text(salt), work, _text(wrapped))
        target.write(header + b" " + _text(_mac(file_key, header)) + b"\n" + nonce)
        self._cipher = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))

    def write(self, data: bytes) -> int:
        """Takes bytes; the last piece waits for `close`, since it must be marked."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        """Writes the last piece; the other file stays open."""
        self._put(bytes(self._waiting), last=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, None))
        self._number += 1


class Decrypting:
    """Reads what was encrypted; raises WrongPassphrase at once, BackupDamaged where something was changed."""

    def __init__(self, source: Readable, passphrase: str, name: str) -> None:
        self._name = name
        head = source.read(_LONGEST_HEADER)
        found = _HEADER.match(head)
        if found is None or int(found[2]) > _MOST_WORK:
            raise BackupDamaged(f"{name} is not encrypted with a passphrase in the format of age.")
        salt, wrapped = _bytes(found[1]), _bytes(found[3])
        try:
            file_key = _wrapper(passphrase, salt, int(found[2])).decrypt(bytes(12), wrapped, None)
        except InvalidTag as error:
            raise WrongPassphrase(f"The passphrase does not open {name}: give the one it was made with.") from error
        end = found.end() + 1 + 43 + 1
        if head[found.end() : end] != b" " + _text(_mac(file_key, found[0])) + b"\n" or len(head) < end + 16:
            raise self._damaged()
        self._cipher = ChaCha20Poly1305(_derived(file_key, head[end : end + 16], b"payload"))
        self._pieces = self._decrypted(source, head[end + 16 :])
        self._waiting = b""

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, all for a negative one; none at the end."""
        parts, wanted = list[bytes](), size
        while wanted != 0:
            if not self._waiting:
                self._waiting = next(self._pieces, b"")
                if not self._waiting:
                    break
            part = self._waiting if wanted < 0 else self._waiting[:wanted]
            self._waiting = self._waiting[len(part) :]
            parts.append(part)
            wanted -= len(part) if wanted > 0 else 0
        return b"".join(parts)

    def _decrypted(self, source: Readable, begun: bytes) -> Iterator[bytes]:
        number, sealed, more = 0, begun, b"\0"
        while True:
            # One byte beyond the piece tells whether it is the last one.
            while more and len(sealed) <= PIECE + _TAG:
                more = source.read(PIECE + _TAG + 1 - len(sealed))
                sealed += more
            last, piece = len(sealed) <= PIECE + _TAG, sealed[: PIECE + _TAG]
            sealed = sealed[PIECE + _TAG :]
            try:
                plain = self._cipher.decrypt(_nonce(number, last=last), piece, None)
            except (InvalidTag, ValueError) as error:
                raise self._damaged() from error
            if plain:
                yield plain
            if last:
                return
            number += 1

    def _damaged(self) -> BackupDamaged:
        return BackupDamaged(f"{self._name} is damaged: it was changed, or cut off, after it was made.")


def _wrapper(passphrase: str, salt: bytes, work: int) -> ChaCha20Poly1305:
    key = Scrypt(salt=_INTRO.strip() + b"/scrypt" + salt, length=32, n=1 << work, r=8, p=1)
    return ChaCha20Poly1305(key.derive(passphrase.encode()))


def _derived(file_key: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(file_key)


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.new(_derived(file_key, None, b"header"), header, hashlib.sha256).digest()


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])


def _text(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    return b64decode(text + b"=" * (-len(text) % 4))
