"""What must be given out again in the clear, such as a gateway's password, lies encrypted in the database."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
# What follows is of this form; another form would get another byte.
_FORM: Final = b"\x01"


class Vault:
    """Encrypts with AES-256-GCM; `about` says what a secret belongs to, so that it cannot be put elsewhere."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._cipher = AESGCM(key)

    def key_for(self, purpose: bytes) -> bytes:
        """A key for a purpose of its own, always the same, that tells nothing of any other (HKDF, RFC 5869)."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose).derive(self._key)

    def encrypt(self, plain: bytes, about: bytes) -> bytes:
        """The secret in a form that may be stored; the same secret looks different each time."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _FORM + nonce + self._cipher.encrypt(nonce, plain, about)

    def decrypt(self, sealed: bytes, about: bytes) -> bytes:
        """The secret; raises ValueError when it was changed, belongs elsewhere or was encrypted with another key."""
        if len(sealed) < len(_FORM) + _NONCE_BYTES + _TAG_BYTES or sealed[:1] != _FORM:
            raise ValueError("this is not an encrypted secret")
        nonce, rest = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, rest, about)
        except InvalidTag as error:
            raise ValueError("the secret cannot be decrypted with the key of this installation") from error


def vault_key(data: Path) -> Path:
    """Where the key of an installation lies."""
    return data / "secrets" / "vault.key"


def kept_vault(data: Path) -> Vault | None:
    """The vault of an installation, None where there is no key; makes none. Raises OSError."""
    path = vault_key(data)
    key = path.read_bytes() if path.exists() else b""
    return Vault(key) if len(key) == KEY_BYTES else None


def open_vault(data: Path) -> Vault:
    """The vault of an installation; its key is made at the first start, in `secrets/vault.key` of the data folder.

    Raises OSError when the folder cannot be used, ValueError when the file does not hold a key.
    """
    path = vault_key(data)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
        _make_key(path)
    key = path.read_bytes()
    if len(key) != KEY_BYTES:
        raise ValueError(f"{path} does not hold a key of {KEY_BYTES} bytes.")
    return Vault(key)


def _make_key(path: Path) -> None:
    """Puts a whole key there at once: of several processes that start together one wins, and all read the same."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
