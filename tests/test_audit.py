"""The audit takes nothing for sound that nobody could be asked about."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

AUDIT = Path(__file__).parent.parent / "requirements" / "audit.py"
SOUND: dict[str, Any] = {"name": "sound", "version": "1.0", "vulns": []}
HIT: dict[str, Any] = SOUND | {"name": "hit", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
SKIPPED: dict[str, Any] = {"name": "skipped", "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("known", "status", "told"),
    [
        ([SOUND], 0, "run.txt: no packages with known vulnerabilities"),
        ([SOUND, HIT], 1, "run.txt: hit 1.0: PYSEC-1; mended in: 1.1"),
        ([SOUND, SKIPPED], 2, "run.txt: NOT CHECKED"),
        (None, 2, "run.txt: NOT CHECKED"),
    ],
)
def test_what_is_known_of_python_packages_is_told(tmp_path: Path, known: Any, status: int, told: str) -> None:
    answer = "no connection" if known is None else json.dumps({"dependencies": known, "fixes": []})
    program = tmp_path / "pip-audit"
    program.write_text(f"#!/bin/sh\necho '{answer}'\n")
    program.chmod(0o700)
    script = f"import sys, runpy, pathlib; of = runpy.run_path({str(AUDIT)!r})['of_python']; "
    script += "sys.exit(of(pathlib.Path(sys.argv[1]), pathlib.Path('run.txt')))"
    done = subprocess.run([sys.executable, "-c", script, str(program)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (status, "")
    assert told in done.stdout
