"""Uploads that the server's user cannot keep or read are said at the start and by the doctor, with the mend."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from estafette.cli.files_check import folder_fault
from tests.cli.running import estafette, refusal
from tests.conftest_postgres import NOBODY, as_root
from tests.ports import free_port


@pytest.fixture
def uploads(data: Path) -> Path:
    """One upload, of the user nobody if root makes it."""
    folder = data / "files"
    (folder / "ab").mkdir(parents=True)
    (folder / "ab" / ("0" * 30 + "ab")).write_bytes(b"hello")
    if os.geteuid() == 0:
        for path in (data, folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    return folder


def as_nobody(ask: Callable[[], str | None]) -> str | None:
    """The answer that a user without rights gets."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(writer, (ask() or "").encode())
        except BaseException as error:
            os.write(writer, repr(error).encode())
        finally:
            os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as answer:
        return answer.read() or None


@as_root
@pytest.mark.parametrize("closed", [".", "ab", f"ab/{'0' * 30}ab"])
def test_what_root_restored_is_named_with_the_mend_to_root_and_to_the_user_alike(uploads: Path, closed: str) -> None:
    data = uploads.parent
    assert as_nobody(lambda: folder_fault(uploads)) is None
    assert folder_fault(uploads, data) is None
    os.chown(uploads / closed, 0, 0)
    (uploads / closed).chmod(0o700)
    sentence = f"since {uploads / closed} is closed to nobody: run chown -R nobody {uploads}"
    assert sentence in (as_nobody(lambda: folder_fault(uploads)) or "")
    done = estafette("doctor", "--data", data, "--port", free_port())
    assert f"BAD   files: uploads cannot be kept and read in {uploads}, {sentence}" in done.stdout


def test_a_folder_that_is_well_stays_as_it_is(uploads: Path) -> None:
    before = sorted(uploads.rglob("*"))
    assert folder_fault(uploads, uploads.parent) is None
    assert sorted(uploads.rglob("*")) == before
    assert folder_fault(uploads.parent / "none", uploads.parent) is None


@pytest.mark.parametrize("command", ["up", "serve", "worker"])
def test_no_start_where_uploads_cannot_be_kept(data: Path, command: str) -> None:
    data.mkdir()
    (data / "files").write_bytes(b"")
    port = ("--port", free_port()) if command != "worker" else ()
    sentence = refusal(command, "--data", data, *port)
    assert sentence == f"Uploads cannot be kept in {data / 'files'}, since it is a file, not a folder: move it away."
