"""What is encrypted with a passphrase is in the format of `age`, and nothing of it can be changed unseen."""

import io
from base64 import b64decode

import pytest

from estafette.base.backups.age import PIECE, Decrypting, Encrypting
from estafette.base.backups.errors import BackupDamaged, WrongPassphrase

PASSPHRASE = "correct horse battery staple"
LITTLE_WORK = 1
BY_RAGE = b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCB2b2RVaTFKdEp2c2JieThPS1Q4QzhnIDE4Ci9OMFYwVXJxVDVnYVFkcjhsZWZJR09iakJQ"
    "QUNMWlVsblYvQzhnTDZPNTgKLS0tIEdnY1RqVHlxMUdEcUYvQ05iL0dJaTBqRTlqUE9LcFhlZ3hYWXc0UkxtdU0KDzHH7WVb9KOEQLz38UQ0P7F+"
    "yIO/JKTSABQauqokKFuWKbDPLvFlYoVfVd2PtELZWKBDIbtXaLhsA8gPGeUrSQxU7ev4CXHJS9QZtfA+qLRPzrj8UjHEGXM7/GpAOmtN9Ms="
)
"""Encrypted with the passphrase by another program of this format (rage)."""


def encrypted(plain: bytes, passphrase: str = PASSPHRASE) -> bytes:
    target = io.BytesIO()
    writer = Encrypting(target, passphrase, LITTLE_WORK)
    for start in range(0, len(plain), 10_000):
        writer.write(plain[start : start + 10_000])
    writer.close()
    return target.getvalue()


def decrypted(sealed: bytes, passphrase: str = PASSPHRASE) -> bytes:
    reader, found = Decrypting(io.BytesIO(sealed), passphrase, "the backup"), b""
    while some := reader.read(7_000):
        found += some
    return found


def test_what_another_program_encrypted_is_read() -> None:
    assert decrypted(BY_RAGE) == b"Where the tide turns.\n" * 3


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_bytes_of_any_length_come_back(size: int) -> None:
    plain = bytes(number % 251 for number in range(size))
    sealed = encrypted(plain)
    assert decrypted(sealed) == plain
    if size > 1:  # a single byte is among the random ones of the header now and then
        assert plain[:100] not in sealed


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(WrongPassphrase, match="does not open the backup"):
        decrypted(encrypted(b"secret"), "another one")


def test_what_was_cut_off_at_a_piece_is_damaged() -> None:
    sealed = encrypted(bytes(3 * PIECE))
    with pytest.raises(BackupDamaged, match="cut off"):
        decrypted(sealed[: -(PIECE + 16)])


def test_pieces_in_another_order_are_damaged() -> None:
    sealed = encrypted(bytes(3 * PIECE))
    whole = PIECE + 16
    start = len(sealed) - 3 * whole
    first, second, last = (sealed[start + n * whole : start + (n + 1) * whole] for n in range(3))
    with pytest.raises(BackupDamaged):
        decrypted(sealed[:start] + second + first + last)


@pytest.mark.parametrize("place", [60, 90, 130, 400, -1])
def test_a_changed_byte_is_seen(place: int) -> None:
    sealed = bytearray(encrypted(bytes(1_000)))
    sealed[place] ^= 1
    with pytest.raises((BackupDamaged, WrongPassphrase)):
        decrypted(bytes(sealed))


def test_what_is_no_such_file_is_refused() -> None:
    for other in (b"", b"PK\x03\x04", b"age-encryption.org/v1\n-> X25519 abc\n"):
        with pytest.raises(BackupDamaged, match="not encrypted with a passphrase"):
            decrypted(other)
