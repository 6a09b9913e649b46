"""The page of the API, rendered from the OpenAPI document: plain HTML and one style sheet, no script.

All of it is 21 kB compressed, is read without a script, and passes axe. Swagger UI 5 is 458 kB of script, RapiDoc 9
218 kB, and both want styles inline, which our Content-Security-Policy refuses.
"""

from html import escape
from typing import Any, Final

import msgspec

from estafette.web.documents import marks
from estafette.web.documents.examples import example
from estafette.web.documents.frame import framed
from estafette.web.problems import catalogue

Json = dict[str, Any]

_METHODS: Final = ("get", "head", "post", "put", "patch", "delete")


def api_page(document: Json) -> str:
    """The whole page."""
    groups = _grouped(document)
    title = f"{document['info']['title']} {document['info']['version']} · API"
    body = "".join(_group(tag, operations, document) for tag, operations in groups.items())
    content = f"""<header><h1>The API of Estafette</h1>
<p class="version">Version {escape(document["info"]["version"])} · <a href="/openapi.json">OpenAPI 3.1 document</a></p>
{marks.prose(document["info"]["description"])}
</header>
{body}
{_problems()}"""
    return framed(title, "Operations", _navigation(groups), content)


def _grouped(document: Json) -> dict[str, list[tuple[str, str, Json]]]:
    groups: dict[str, list[tuple[str, str, Json]]] = {tag["name"]: [] for tag in document["tags"]}
    for path, item in document["paths"].items():
        for method in _METHODS:
            if method in item:
                tag = item[method].get("tags", ["Other"])[0]
                groups.setdefault(tag, []).append((method, path, item[method]))
    return {tag: operations for tag, operations in groups.items() if operations}


def _navigation(groups: dict[str, list[tuple[str, str, Json]]]) -> str:
    parts: list[str] = []
    for tag, operations in groups.items():
        links = "".join(
            f'<li><a href="#{escape(each["operationId"])}">{escape(each.get("summary", path))}</a></li>'
            for _, path, each in operations
        )
        parts.append(f'<h2><a href="#{marks.anchor(tag)}">{escape(tag)}</a></h2><ul>{links}</ul>')
    return "".join([*parts, '<h2><a href="#problems">Problems</a></h2>'])


def _group(tag: str, operations: list[tuple[str, str, Json]], document: Json) -> str:
    about = next((each["description"] for each in document["tags"] if each["name"] == tag), "")
    inside = "".join(_operation(method, path, each, document) for method, path, each in operations)
    return _section(marks.anchor(tag), tag, len(operations), marks.prose(about) + inside)


def _section(anchor: str, title: str, count: int, inside: str) -> str:
    """A part of the page that is folded until it is opened, or until an address leads into it."""
    return (
        f'<details class="group" id="{anchor}"><summary><h2>{escape(title)}</h2> <span class="count">{count}</span>'
        f"</summary>{inside}</details>"
    )


def _operation(method: str, path: str, operation: Json, document: Json) -> str:
    return f"""<article id="{escape(operation["operationId"])}">
<h3>{escape(operation.get("summary", operation["operationId"]))}</h3>
<p class="address"><span class="method {method}">{method.upper()}</span> <code>{marks.path(path)}</code>
<span class="who">{_who(operation)}</span></p>
{marks.prose(operation.get("description", ""))}
{_parameters(operation)}
{_body(operation, document)}
{_answers(operation, document)}
</article>"""


def _who(operation: Json) -> str:
    security = operation.get("security", [])
    if not security:
        return "open to everyone"
    return "signed in or not" if {} in security else "signed in"


def _parameters(operation: Json) -> str:
    rows = [
        f"<tr><th scope='row'><code>{escape(each['name'])}</code></th><td>{escape(each['in'])}"
        f"{', required' if each.get('required') else ''}</td><td>{marks.kind(each['schema'])}</td>"
        f"<td>{marks.inline(each.get('description') or each['schema'].get('description', ''))}</td></tr>"
        for each in operation.get("parameters", [])
    ]
    if not rows:
        return ""
    return f"<h4>Parameters</h4><div class='wide'><table>{''.join(rows)}</table></div>".replace("'", '"')


def _body(operation: Json, document: Json) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    return "".join(
        f"<h4>Body <small>{escape(media)}</small></h4>{_shown(each, document)}" for media, each in content.items()
    )


def _answers(operation: Json, document: Json) -> str:
    parts: list[str] = []
    refusals: list[str] = []
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            shown = "".join(_shown(each, document) for each in answer.get("content", {}).values())
            parts.append(f"<h4>Answer <small>{status} {escape(answer['description'])}</small></h4>{shown}")
        else:
            refusals.append(status)
    return "".join(parts) + f'<p class="refusals">Refusals: {", ".join(refusals)}</p>'


def _shown(content: Json, document: Json) -> str:
    schema: Json = content.get("schema", {})
    if schema.get("format") == "binary":
        return "<p>Raw bytes.</p>"
    value = example(schema, document["components"]["schemas"])
    if value is None:
        return ""
    shown = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    return f"<pre tabindex='0'><code>{escape(shown)}</code></pre>".replace("tabindex='0'", 'tabindex="0"')


def _problems() -> str:
    known = list(catalogue())
    rows = "".join(
        f'<tr id="problem-{escape(code)}"><th scope="row"><code>{escape(code)}</code></th><td>{status}</td>'
        f"<td>{escape(marks.plain(sentence))}</td></tr>"
        for code, status, sentence in known
    )
    about = "The codes of problems and the statuses they come with. A code never changes its meaning."
    return _section("problems", "Problems", len(known), f'<p>{about}</p><div class="wide"><table>{rows}</table></div>')
