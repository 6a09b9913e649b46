"""What tests of the embedded server share: short private folders, other users, scripts in processes of their own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

from tests.scratch import scratch_folder

NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@contextmanager
def short_folder() -> Generator[Path, None, None]:
    """A folder with a path short enough for a socket, that everybody may pass through."""
    folder = scratch_folder()
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def python(script: str, *arguments: object) -> "subprocess.Popen[str]":
    """Runs a script in a process of its own and returns after the first line it prints, which is read off."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stderr
    line = process.stdout.readline()
    assert line, process.stderr.read()
    return process


async def ask(dsn: str, sql: str) -> object:
    """The first value of a query on a connection of its own."""
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


def modes(folder: Path) -> dict[Path, int]:
    """The permission bits of everything in a folder."""
    return {path: path.lstat().st_mode & 0o777 for path in folder.rglob("*") if not path.is_symlink()}
