"""What `deploy/` gives to operators holds under the real nginx and the real HAProxy."""

import pytest
from yarl import URL

from tests.deploy.behind import ORIGIN, PASSWORD, Behind
from tests.deploy.certificates import NAME

pytestmark = pytest.mark.installation

MB = 1_000_000


async def test_who_signs_up_gets_a_cookie_for_tls_alone_and_a_live_connection(behind: Behind) -> None:
    async with behind.signed_in("Ann") as (browser, cookie):
        assert cookie.startswith("__Host-")
        assert "; Secure" in cookie
        async with browser.get(f"{behind.url}/api/v1/me") as answer:
            assert (await answer.json())["name"] == "Ann"
            assert answer.headers["Strict-Transport-Security"]
        async with browser.ws_connect(f"{behind.url}/api/v1/live", headers={"Host": NAME, "Origin": ORIGIN}) as live:
            assert (await live.receive_json(timeout=60))["type"] == "welcome"


async def test_a_file_of_25_megabytes_gets_through_and_a_larger_one_is_told_why(behind: Behind) -> None:
    async with behind.signed_in("Ben") as (browser, _):
        status, file, _ = await behind.upload(browser, 25 * MB)
        assert (status, file["size"]) == (201, 25 * MB)
        for size in (25 * MB + 1, 26 * MB, 26 * MB + MB // 2):
            status, said, media_type = await behind.upload(browser, size)
            assert (status, said["code"], media_type) == (413, "too_large", "application/problem+json")
        # The connection to the server is none the worse for it.
        async with browser.get(f"{behind.url}/api/v1/me") as answer:
            assert answer.status == 200


async def test_the_server_sees_the_person_and_believes_no_forged_address(behind: Behind) -> None:
    wrong = {"email": "nobody@example.com", "password": PASSWORD}
    forged = {"X-Forwarded-For": "203.0.113.77", "X-Real-IP": "203.0.113.77", "Forwarded": "for=203.0.113.77"}
    address = f"127.0.0.{10 + len(behind.proxy.program)}"
    url = f"{behind.url}/api/v1/sessions"
    async with behind.browser(address) as browser, browser.post(url, json=wrong, headers=forged) as answer:
        assert answer.status == 401
    assert address in await behind.counted_addresses()
    assert "203.0.113.77" not in await behind.counted_addresses()


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "//metrics", "/%6detrics"])
async def test_figures_are_not_for_people(behind: Behind, path: str) -> None:
    async with behind.browser() as browser, browser.get(URL(behind.url + path, encoded=True)) as answer:
        assert answer.status == 404
        assert "estafette_requests" not in await answer.text()


async def test_the_proxy_has_nothing_to_complain_about(behind: Behind) -> None:
    assert "WARNING" not in behind.proxy.said
    assert "[emerg]" not in behind.proxy.said


async def test_http_leads_to_https(behind: Behind) -> None:
    url = f"http://{NAME}:{behind.proxy.http}/p/chateau?q=1"
    async with behind.browser() as browser, browser.get(url, allow_redirects=False) as answer:
        assert answer.status in (301, 308)
        assert answer.headers["Location"] == f"{ORIGIN}/p/chateau?q=1"


async def test_answers_of_the_interface_are_compressed(behind: Behind) -> None:
    async with behind.browser() as browser, browser.get(f"{behind.url}/openapi.json") as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert (await answer.json())["openapi"].startswith("3.1")
