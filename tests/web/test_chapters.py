"""The documentation is true of the product, leads nowhere into nothing, and is served as it is written."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from estafette.cli import main
from estafette.cli.options import ALL
from estafette.deliveries import read_gateway_file
from estafette.deliveries.models.gateways import GatewayInput
from estafette.deliveries.transports import TRANSPORTS
from estafette.web.documents.chapters import chapters, examples
from estafette.web.documents.markdown import rendered, slug
from tests.http import WebServer

ROOT: Final = Path(__file__).parents[2]
DOCS: Final = ROOT / "docs"
LINK: Final = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
WRITTEN: Final = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])


def anchors(path: Path) -> set[str]:
    return {slug(each.replace("`", "")) for each in re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)}


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(path: Path) -> None:
    for name, anchor in LINK.findall(path.read_text()):
        if name.startswith("/"):
            continue
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), f"{path.name} leads to {name}"
        assert not anchor or anchor in anchors(target), f"{path.name} leads to {name}#{anchor}"


def test_every_chapter_is_in_the_contents() -> None:
    assert {f"{name or 'README'}.md" for name in chapters()} == {path.name for path in DOCS.glob("*.md")}
    first = (DOCS / "README.md").read_text()
    assert [name for name in chapters() if name and f"({name}.md)" not in first] == []


async def test_chapters_and_examples_are_served(web_server: WebServer) -> None:
    async with web_server.client() as reader:
        for name, chapter in chapters().items():
            answer = await reader.get(f"/docs/{name}")
            assert answer.status_code == 200
            assert f'<h1 id="{slug(chapter.title)}">' in answer.text
            for address in set(re.findall(r'href="(/[^"#]*)', answer.text)):
                assert (await reader.get(address)).status_code == 200, f"{name} leads to {address}"
        for name, content in examples().items():
            answer = await reader.get(f"/docs/deploy/{name}")
            assert answer.content == content
            assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert (await reader.get("/docs/nothing")).status_code == 404
        assert (await reader.get("/docs/deploy/..%2fpyproject.toml")).status_code == 404


def test_what_looks_like_html_stays_text_and_foreign_files_are_named_only() -> None:
    html, headings = rendered(
        "# A\n\n## B `c`\n\n<b>x</b> [d](../SECURITY.md) [e](install.md#get-it) [f](javascript:x)\n"
    )
    assert "<b>" not in html
    assert "<em>d</em>" in html
    assert '<a href="/docs/install#get-it">e</a>' in html
    assert "javascript:x" not in re.findall(r'href="([^"]*)"', html)
    assert [(each.anchor, each.title) for each in headings] == [("b-c", "B c")]


def table_names(text: str) -> set[str]:
    """What stands in code in the first column of the tables of a part."""
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def test_every_setting_of_the_command_is_explained_and_no_other() -> None:
    text = (DOCS / "settings.md").read_text()
    [up] = [command for name, command in main.commands.items() if name == "up"]
    options = {parameter.opts[0] for parameter in up.params if parameter.name in ALL}
    assert {name.split()[0] for name in table_names(text)} == options
    variables = {str(parameter.envvar) for parameter in up.params if parameter.name in ALL}  # type: ignore[attr-defined]
    assert set(re.findall(r"`(ESTAFETTE_\w+)`", text)) == variables


def parts_of_gateways() -> dict[str, str]:
    found = re.split(r"^## (\w+)[^\n]*\n", (DOCS / "gateways.md").read_text(), flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


@pytest.mark.parametrize("name", TRANSPORTS)
def test_every_setting_and_credential_of_a_transport_is_explained_and_no_other(name: str) -> None:
    transport = TRANSPORTS[name]
    fields = (*msgspec.structs.fields(transport.settings), *msgspec.structs.fields(transport.credentials))
    assert table_names(parts_of_gateways()[name]) == {each.name for each in fields}


@pytest.mark.parametrize("name", TRANSPORTS)
def test_the_defaults_that_are_told_are_those_of_the_program(name: str) -> None:
    told = dict(rows(parts_of_gateways()[name]))
    for field in msgspec.structs.fields(TRANSPORTS[name].settings):
        default: Any = field.default
        if isinstance(default, bool) or (isinstance(default, int | float | str) and default not in ("", 0)):
            written = f"{default:g}" if isinstance(default, float) else str(default).removesuffix("True")
            written = {"True": "true", "False": "false"}.get(str(default), written)
            assert written in told[field.name].replace("`", ""), field.name


def rows(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if line.startswith("| `"):
            _, names, default, *_ = line.split("|")
            for name in re.findall(r"`([^`]+)`", names):
                yield name, default


def test_every_example_of_a_gateway_is_one(tmp_path: Path) -> None:
    examples = re.findall(r"```toml\n(.*?)```", (DOCS / "gateways.md").read_text(), re.DOTALL)
    assert len(examples) > 3
    for example in examples:
        (tmp_path / "gateways.toml").write_text(example)
        [gateway] = read_gateway_file(tmp_path / "gateways.toml")
        assert gateway.enabled


def test_what_every_gateway_has_is_explained() -> None:
    assert table_names(parts_of_gateways()["What"]) == {each.name for each in msgspec.structs.fields(GatewayInput)}
