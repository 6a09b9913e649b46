"""A new database cluster, and the settings that every start writes anew."""

import secrets
import shutil
import subprocess
from pathlib import Path

from estafette.base.postgres.address import SUPERUSER
from estafette.base.postgres.errors import CannotStart, FolderUnusable
from estafette.base.postgres.folder import sync_folder, write_private
from estafette.base.postgres.identity import Identity
from estafette.base.postgres.programs import program

# Their character classes make «quoted» words searchable; the C locale takes every non-ASCII sign for a letter.
_LOCALES = ("C.UTF-8", "en_US.UTF-8", "C")
_INCLUDE = "\ninclude 'estafette.conf' # written anew at every start; settings of your own go below and win\n"
_ACCESS = "local all all scram-sha-256\n"
# For a machine of two cores and little memory that the application shares; what is committed stays committed.
SETTINGS = """\
max_connections = 200
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 64MB
max_parallel_workers_per_gather = 0
jit = off
random_page_cost = 1.1
wal_compression = on
max_wal_size = 1GB
checkpoint_timeout = 15min
autovacuum_vacuum_scale_factor = 0.05
fsync = on
synchronous_commit = on
full_page_writes = on
timezone = 'UTC'
log_timezone = 'UTC'
# What people wrote never reaches the log: no statements, no values.
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
"""


def initialise(folder: Path, identity: Identity, major: int, *, durable: bool = True) -> None:
    """Makes `password` and `cluster` in the folder; on failure raises CannotStart and leaves no half cluster."""
    making = folder / "making"
    try:
        shutil.rmtree(making, ignore_errors=True)
        write_private(folder / "password", secrets.token_urlsafe(24) + "\n")
        identity.own(folder, folder / "password")
        _initdb(making, folder, identity, major, durable=durable)
        with (making / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(_INCLUDE)
        (making / "pg_hba.conf").write_text(_ACCESS, encoding="utf-8")
        write_settings(making, identity)
        making.rename(folder / "cluster")
        sync_folder(folder)
    except OSError as error:
        raise FolderUnusable(folder, error) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def write_settings(cluster: Path, identity: Identity) -> None:
    """Brings the shipped settings up to this version's; raises OSError."""
    path = cluster / "estafette.conf"
    write_private(path, SETTINGS)
    identity.own(path)


def check_version(cluster: Path, major: int) -> None:
    """Raises CannotStart when another major version of PostgreSQL wrote the cluster."""
    try:
        found = (cluster / "PG_VERSION").read_text(encoding="utf-8").strip()
    except OSError as error:
        raise CannotStart(f"The database in {cluster} is damaged: PG_VERSION cannot be read.") from error
    if found != str(major):
        raise CannotStart(
            f"The database in {cluster} was made by PostgreSQL {found}, and this Estafette runs {major}: "
            "move it over with pg_dump and psql, or start the Estafette that made it."
        )


def _initdb(making: Path, folder: Path, identity: Identity, major: int, *, durable: bool) -> None:
    output = ""
    for locale in _LOCALES:
        command = identity.command(
            folder,
            program("initdb", major),
            *("--pgdata", making, "--username", SUPERUSER, "--pwfile", folder / "password", "--auth", "scram-sha-256"),
            *("--encoding", "UTF8", "--data-checksums", "--no-instructions"),
            *_locale_options(locale, major),
            *([] if durable else ["--no-sync"]),
        )
        done = subprocess.run(  # noqa: S603 - a program of ours, no shell
            command, check=False, env={"LC_ALL": "C"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        output = done.stdout.decode(errors="replace")
        if done.returncode == 0:
            return
        if "invalid locale name" not in output:
            break
    problems = [line for line in output.splitlines() if "error" in line.lower() or "fatal" in line.lower()]
    raise CannotStart(f"The database folder {folder} could not be prepared: {' '.join(problems) or output[-500:]}")


def _locale_options(locale: str, major: int) -> list[str]:
    if major == 16:  # it has no locale provider of its own, and the packaged build has no ICU
        return ["--locale-provider", "libc", "--locale", locale]
    return ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C", "--lc-ctype", locale]
