"""The questions that `estafette doctor` asks, each answered by what is there and, if bad, by how to mend it."""

import os
import shutil
import stat
from pathlib import Path

import click

from estafette.base.settings import Settings
from estafette.cli.database_checks import examine_database
from estafette.cli.finding import Finding
from estafette.cli.gateways import examine_gateway_file
from estafette.cli.health import figures
from estafette.cli.open_files_check import examine_open_files
from estafette.cli.public_url_check import examine_public_url
from estafette.cli.running_options import Chosen
from estafette.cli.server_checks import examine_user, foreign_database
from estafette.cli.storage_check import examine_storage

_LEAST_SPACE = 1_000_000_000  # bytes


async def examine(chosen: Chosen) -> list[Finding]:
    """All findings, in the order in which a person should mend them."""
    settings, server = chosen.settings, chosen.server
    told = await figures(settings, server)
    found = [chosen.finding, *examine_user(settings, server)]
    found += [
        _data_folder(settings),
        _secrets(settings),
        _space(settings),
        examine_public_url(settings, told),
        _proxies(settings),
    ]
    found.append(await _port(settings))
    found.append(examine_open_files(told))
    found += examine_gateway_file(settings)
    found += await examine_storage(settings)
    if settings.database_url is None and server is not None and server.database is not None:
        found.append(foreign_database(server.database))
    else:
        found += await examine_database(settings)
    return found


def _data_folder(settings: Settings) -> Finding:
    folder, subject = settings.data.absolute(), "data folder"
    if not folder.exists():
        parent = _existing(folder)
        good = parent.is_dir() and os.access(parent, os.W_OK | os.X_OK)
        if good:
            return Finding(subject, True, f"{folder} does not exist yet; `estafette up` makes it")
        return Finding(
            subject, False, f"{folder} cannot be made: choose another one with --data, or let {parent} be written"
        )
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return Finding(
            subject, False, f"{folder} cannot be written: choose another one with --data, or chown it to this user"
        )
    if folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Finding(subject, False, f"other users may write into {folder}: run chmod go-w {folder}")
    return Finding(subject, True, str(folder))


def _secrets(settings: Settings) -> Finding:
    subject, found = "secrets", False
    for path in (settings.postgres / "password", settings.data / "secrets" / "vault.key"):
        try:
            mode = path.stat().st_mode
        except OSError:
            continue
        found = True
        if mode & 0o077:
            return Finding(subject, False, f"other users may read {path}: run chmod 600 {path}")
    return Finding(subject, True, "readable by their owner alone" if found else "none are kept here yet")


def _space(settings: Settings) -> Finding:
    free = shutil.disk_usage(_existing(settings.data.absolute())).free
    text = f"{free / 1e9:.1f} GB free"
    return Finding("disk", free >= _LEAST_SPACE, text if free >= _LEAST_SPACE else f"only {text}: make room")


def _proxies(settings: Settings) -> Finding:
    subject = "trusted proxies"
    if settings.secure and not settings.trusted_proxies:
        text = (
            "none, so that all visitors seem to come from the proxy that does TLS: set --trusted-proxy to its address"
        )
        return Finding(subject, False, text)
    return Finding(subject, True, ", ".join(settings.trusted_proxies) or "none")


async def _port(settings: Settings) -> Finding:
    from estafette.cli.health import answers
    from estafette.cli.listening import listen, local_address

    subject = "port"
    try:
        listener = listen(settings)
    except click.ClickException as error:
        host = _reachable(settings.host)
        if await answers(host, settings.port):
            return Finding(subject, True, f"Estafette answers at {host}:{settings.port}")
        return Finding(subject, False, error.message)
    host, port = local_address(listener)
    listener.close()
    return Finding(subject, True, f"{host}:{port} is free")


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared


def _existing(folder: Path) -> Path:
    """The folder itself or the nearest parent that exists."""
    return next(path for path in (folder, *folder.parents) if path.exists())
