"""Secrets at rest."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from estafette.base.vault import Vault, open_vault

KEY = bytes(range(32))


def test_what_was_encrypted_comes_out_again() -> None:
    vault = Vault(KEY)
    sealed = vault.encrypt(b"open sesame", b"gateway 1")
    assert b"sesame" not in sealed
    assert vault.decrypt(sealed, b"gateway 1") == b"open sesame"


def test_the_same_secret_never_looks_the_same() -> None:
    vault = Vault(KEY)
    assert vault.encrypt(b"", b"a") != vault.encrypt(b"", b"a")


def test_a_secret_cannot_be_put_elsewhere() -> None:
    vault = Vault(KEY)
    with pytest.raises(ValueError, match="cannot be decrypted"):
        vault.decrypt(vault.encrypt(b"secret", b"gateway 1"), b"gateway 2")


def test_another_key_opens_nothing() -> None:
    with pytest.raises(ValueError, match="cannot be decrypted"):
        Vault(bytes(32)).decrypt(Vault(KEY).encrypt(b"secret", b"a"), b"a")


@pytest.mark.parametrize("place", [0, 1, 13, -1])
def test_a_changed_byte_is_noticed(place: int) -> None:
    sealed = bytearray(Vault(KEY).encrypt(b"secret", b"a"))
    sealed[place] ^= 1
    with pytest.raises(ValueError, match="secret"):
        Vault(KEY).decrypt(bytes(sealed), b"a")


@pytest.mark.parametrize("length", range(29))
def test_what_is_too_short_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="not an encrypted secret"):
        Vault(KEY).decrypt(Vault(KEY).encrypt(b"", b"a")[:length], b"a")


def test_the_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    sealed = open_vault(tmp_path).encrypt(b"secret", b"a")
    assert open_vault(tmp_path).decrypt(sealed, b"a") == b"secret"
    assert [file.name for file in (tmp_path / "secrets").iterdir()] == ["vault.key"]
    assert (tmp_path / "secrets" / "vault.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        vaults = list(threads.map(lambda _: open_vault(tmp_path), range(8)))
    assert {vault.decrypt(vaults[0].encrypt(b"secret", b"a"), b"a") for vault in vaults} == {b"secret"}


def test_a_file_that_holds_no_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "vault.key").write_bytes(b"short")
    with pytest.raises(ValueError, match=r"vault\.key"):
        open_vault(tmp_path)
