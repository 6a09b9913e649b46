"""The API in words: what the documents say is what the server does."""

import json
import re
from typing import Any

import pytest
import schemathesis

from estafette.main.serving import openapi_document
from tests.http import WebServer

CONTRACTS = ("/api/messages", "/messages", "/v1/auth", "/v1/search", "/v1/user")
"""Where errors have the shape of a document."""
METHODS = {"get", "head", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return json.loads(openapi_document())


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, each)
        for path, item in document["paths"].items()
        for method, each in item.items()
        if method in METHODS
    ]


async def test_the_document_is_served_as_it_is_printed(web_server: WebServer, document: dict[str, Any]) -> None:
    async with web_server.client() as reader:
        answer = await reader.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == document
    assert document["openapi"].startswith("3.1")


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    schemathesis.openapi.from_dict(document).validate()  # against the schema of OpenAPI 3.1
    broken = document | {"paths": {"/": {"get": {"parameters": [{"name": "nowhere"}]}}}}
    with pytest.raises(ValueError, match="required"):
        schemathesis.openapi.from_dict(broken).validate()


def test_the_document_says_under_which_license_the_server_is(document: dict[str, Any]) -> None:
    assert document["info"]["license"] == {"name": "Apache License 2.0", "identifier": "Apache-2.0"}


def test_every_operation_has_a_name_of_its_own_and_words(document: dict[str, Any]) -> None:
    found = operations(document)
    ids = [each["operationId"] for _, _, each in found]
    assert len(set(ids)) == len(ids) > 40
    assert [path for _, path, each in found if not each.get("summary") or not each.get("description")] == []
    known = {tag["name"] for tag in document["tags"]}
    assert {tag for _, _, each in found for tag in each.get("tags", ["none"])} <= known


def test_every_write_of_somebody_takes_a_key(document: dict[str, Any]) -> None:
    without = [
        (method, path)
        for method, path, each in operations(document)
        if method in {"post", "put", "patch", "delete"}
        and each["security"]
        and "Idempotency-Key" not in {parameter["name"] for parameter in each["parameters"]}
    ]
    assert without == []


def test_every_refusal_is_a_problem(document: dict[str, Any]) -> None:
    for method, path, each in operations(document):
        for status, answer in each["responses"].items():
            # A range that does not exist is answered without a body (RFC 9110).
            if status >= "400" and status != "416" and not path.startswith(CONTRACTS):
                assert answer["$ref"].startswith("#/components/responses/"), (method, path)
    for answer in document["components"]["responses"].values():
        assert "application/problem+json" in answer["content"]


def test_everything_that_is_referred_to_is_there(document: dict[str, Any]) -> None:
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)):
        place: Any = document
        for part in reference.split("/"):
            place = place[part]


def test_who_must_sign_in_is_said(document: dict[str, Any]) -> None:
    paths = document["paths"]
    assert paths["/api/v1/instance"]["get"]["security"] == []
    assert paths["/api/v1/sign-up"]["post"]["security"] == []
    assert {} in paths["/api/v1/files/{file_id}"]["get"]["security"]
    assert paths["/api/v1/me"]["get"]["security"] == [{"cookie": []}, {"bearer": []}]
    assert set(document["components"]["securitySchemes"]) == {"cookie", "bearer"}


async def test_what_is_described_as_closed_is_closed_and_open_as_open(
    web_server: WebServer, document: dict[str, Any]
) -> None:
    async with web_server.client() as stranger:
        for method, path, each in operations(document):
            address = path.replace("{delivery_id}", "1")
            address = re.sub(r"\{\w+\}", "01890000-0000-7000-8000-000000000000", address)
            answer = await stranger.request(method.upper(), address)
            needs_sign_in = bool(each["security"]) and {} not in each["security"]
            assert (answer.status_code == 401) == needs_sign_in, (method, path, answer.text)
            assert str(answer.status_code) in each["responses"], (method, path)


async def test_the_page_for_people_brings_all_it_needs(web_server: WebServer, document: dict[str, Any]) -> None:
    async with web_server.client() as reader:
        page = (await reader.get("/docs/api")).text
        needed = re.findall(r'(?:src|href)="(/[^"#]+)"', page)
        assert "/docs/docs.css" in needed
        for address in set(needed) - {"/", "/favicon.svg"}:
            assert (await reader.get(address)).status_code == 200, address
    assert "<script" not in page
    assert " style=" not in page
    assert "https://" not in re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL)
    for _, _, each in operations(document):
        assert f'id="{each["operationId"]}"' in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


async def test_the_address_of_a_problem_leads_to_its_explanation(web_server: WebServer) -> None:
    async with web_server.client() as reader:
        answer = await reader.get("/problems/wrong_credentials")
        page = (await reader.get("/docs/api")).text
        odd = await reader.get('/problems/"><script>')
    assert answer.headers["location"] == "/docs/api#problem-wrong_credentials"
    assert 'id="problem-wrong_credentials"' in page
    assert "script" not in odd.headers.get("location", "")
