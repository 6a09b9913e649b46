"""Landing, directory and storefronts as a search engine, the preview of a link and a first visitor get them."""

import re
from collections.abc import AsyncGenerator
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree

import httpx
import pytest
import pytest_asyncio

from estafette import accounts
from estafette.base.database import Database
from estafette.base.errors import Unavailable
from estafette.base.ids import new_id
from estafette.base.languages import LANGUAGES, Sentence
from estafette.web.public_pages import texts
from estafette.web.public_pages.sitemap import Sitemaps
from tests.http import ORIGIN, WebServer
from tests.web.crawling import Seen

WEB = Path(__file__).parent.parent.parent / "web"
EVIL = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
PAGE = {"Accept": "text/html"}


@pytest_asyncio.fixture
async def stranger(web_server: WebServer, database: Database) -> AsyncGenerator[httpx.AsyncClient, None]:
    """The browser of somebody who was never here; the installation is set up."""
    await accounts.add_person(database, "root@example.com", "Root", ("administrator",))
    async with web_server.client(**PAGE) as browser:
        yield browser


@pytest_asyncio.fixture
async def chateau(database: Database) -> UUID:
    partner = await accounts.make_partner(
        database,
        "Château",
        tagline="Soirées aux chandelles",
        description="A house with *gardens*.\n\nCome and see.",
        city="Maincy",
        opening_hours=[accounts.OpeningSpan(day=day, opens="10:00", closes="18:00") for day in (0, 1)],
    )
    return partner.id


async def seen(browser: httpx.AsyncClient, path: str, **headers: str) -> Seen:
    return Seen(await browser.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()}))


async def test_a_storefront_says_all_of_itself_without_javascript(stranger: httpx.AsyncClient, chateau: UUID) -> None:
    page = await seen(stranger, f"/partner/{chateau}", Accept_Language="fr")
    assert page.status == 200
    assert page.language == "fr"
    assert page.title == "Château · Estafette"
    assert page.meta("description") == "Soirées aux chandelles · A house with gardens. Come and see."
    assert page.canonical == page.meta("og:url") == f"{ORIGIN}/partner/{chateau}"
    assert (page.meta("og:title"), page.meta("og:locale"), page.meta("robots")) == ("Château", "fr_FR", None)
    assert page.structured["name"] == "Château"
    assert page.structured["address"]["addressLocality"] == "Maincy"
    assert page.structured["openingHoursSpecification"][0]["dayOfWeek"] == ["Monday", "Tuesday"]
    assert "Château Soirées aux chandelles Maincy À propos" in page.words


async def test_a_preview_has_a_picture_of_a_known_size(
    stranger: httpx.AsyncClient, database: Database, chateau: UUID
) -> None:
    sign = (f"{ORIGIN}/icon-512.png", "512", "512", "Estafette", "summary")
    for path in ("/", "/partners", f"/partner/{chateau}"):
        assert card(await seen(stranger, path)) == sign
    shown = new_id()
    await database.execute(
        "WITH content AS (INSERT INTO contents (id) VALUES ($1)) "
        "INSERT INTO files (id, content_id, owner_id, name, media_type, size, sha256, width, height, has_thumbnail, "
        "created_at, stored_at, claimed_at) VALUES ($1, $1, $2, 'cover', 'image/jpeg', 1, sha256('x'), 2400, 960, "
        "true, now(), now(), now())",
        shown, chateau,
    )  # fmt: skip
    await database.execute("UPDATE partners SET cover = $2 WHERE id = $1", chateau, shown)
    copy = f"{ORIGIN}/api/v1/files/{shown}/thumbnail?jpeg=true"
    expected = (copy, "1200", "480", "Château", "summary_large_image")
    assert card(await seen(stranger, f"/partner/{chateau}")) == expected
    await database.execute("UPDATE files SET width = 600, height = 600 WHERE id = $1", shown)
    assert card(await seen(stranger, f"/partner/{chateau}")) == (copy, "600", "600", "Château", "summary")


def card(page: Seen) -> tuple[str | None, ...]:
    """What a messenger makes the picture of a preview from."""
    names = ("og:image", "og:image:width", "og:image:height", "og:image:alt", "twitter:card")
    return tuple(page.meta(name) for name in names)


async def test_what_a_page_asks_for_first_is_what_the_api_answers(stranger: httpx.AsyncClient, chateau: UUID) -> None:
    for path in ("/", "/partners", f"/partner/{chateau}"):
        told = (await seen(stranger, path)).first
        assert told["stranger"] is True
        assert told["answers"]
        for asked, answer in told["answers"].items():
            assert answer == (await stranger.get(f"/api/v1{asked}")).json(), asked


async def test_somebody_who_may_be_signed_in_is_no_stranger(stranger: httpx.AsyncClient, chateau: UUID) -> None:
    stranger.cookies.set("estafette_session", "whatever")
    for path in ("/", f"/partner/{chateau}", "/messages"):
        page = await seen(stranger, path)
        assert page.first["stranger"] is False
        assert page.words == "", "the page of a stranger would be seen for a moment"


async def test_words_of_partners_are_words_wherever_they_stand(stranger: httpx.AsyncClient, database: Database) -> None:
    evil = await accounts.make_partner(database, EVIL, tagline=EVIL, description=EVIL, city=EVIL)
    for path in ("/", "/partners", f"/partner/{evil.id}"):
        page = await seen(stranger, path)
        run = [each for each in page.found("script") if each.attributes.get("type") in (None, "module")]
        assert all(each.attributes["src"] and not each.text for each in run), path
        assert not [each for each in page.all if "onerror" in each.attributes], path
    assert page.found("h1")[0].text == EVIL
    assert page.title == f"{EVIL} · Estafette"
    assert page.meta("og:title") == page.structured["name"] == EVIL
    assert page.first["answers"][f"/partners/{evil.id}"]["name"] == EVIL


@pytest.mark.parametrize("named", [str(new_id()), "somebody"])
async def test_a_storefront_that_is_not_there_says_so(stranger: httpx.AsyncClient, named: str) -> None:
    page = await seen(stranger, f"/partner/{named}", Accept_Language="pt-BR")
    assert page.status == 404
    assert page.title == "Esta vitrine não existe · Estafette"
    assert page.meta("robots") == "noindex"
    assert page.found("a", href="/partners")[0].text == "Todos os parceiros"


async def test_pages_of_people_are_not_listed(stranger: httpx.AsyncClient) -> None:
    for path in ("/messages", "/sign-in", "/nowhere"):
        page = await seen(stranger, path)
        assert (page.status, page.meta("robots"), page.canonical) == (200, "noindex", None)


async def test_the_chosen_language_goes_before_the_one_of_the_browser(stranger: httpx.AsyncClient) -> None:
    assert (await seen(stranger, "/", Accept_Language="de, pt;q=0.5, fr;q=0.8")).language == "fr"
    assert (await seen(stranger, "/", Accept_Language="de")).language == "en"
    stranger.cookies.set("estafette_language", "ru")
    page = await seen(stranger, "/", Accept_Language="fr")
    assert (page.language, page.title) == ("ru", "Спросите тех, кто знает · Estafette")
    stranger.cookies.set("estafette_language", '"><script>')
    assert (await seen(stranger, "/", Accept_Language="fr")).language == "fr"


async def test_a_cache_keeps_languages_apart_and_asks_each_time(stranger: httpx.AsyncClient, chateau: UUID) -> None:
    page = await seen(stranger, f"/partner/{chateau}")
    assert page.headers["cache-control"] == "no-cache"
    assert page.headers["vary"] == "accept-encoding, accept-language, cookie"
    tag = {"If-None-Match": page.headers["etag"]}
    assert (await stranger.get(f"/partner/{chateau}", headers=tag)).status_code == 304
    assert (await stranger.get(f"/partner/{chateau}", headers=tag | {"Accept-Language": "ru"})).status_code == 200


async def test_a_page_names_the_code_that_shows_it(stranger: httpx.AsyncClient) -> None:
    early, late = [
        {each.attributes["href"] for each in (await seen(stranger, path)).found("link", rel="modulepreload")}
        for path in ("/partners", "/sign-in")
    ]
    assert late < early
    for path in early - late:
        assert (await stranger.get(path)).status_code == 200


async def test_a_stranger_fetches_little_code(stranger: httpx.AsyncClient, chateau: UUID) -> None:
    for path, most in {"/": 155_000, "/partners": 155_000, f"/partner/{chateau}": 195_000}.items():
        page = await seen(stranger, path)
        paths = {each.attributes["src"] for each in page.found("script", type="module")}
        paths |= {each.attributes["href"] for each in page.found("link", rel="modulepreload")}
        sizes = {each: len((await stranger.get(each)).content) for each in paths}
        assert sum(sizes.values()) <= most, (path, sizes)


async def test_a_signed_in_person_is_given_the_code_of_the_own_pages(
    stranger: httpx.AsyncClient, web_server: WebServer
) -> None:
    async def named(browser: httpx.AsyncClient, path: str) -> set[str]:
        page = await seen(browser, path, Accept="text/html")
        return {each.attributes["href"] for each in page.found("link", rel="modulepreload")}

    ann = await web_server.sign_up()
    everywhere = await named(ann, "/sessions")
    assert everywhere
    for path in ("/", "/messages", f"/messages/{new_id()}", "/chats", f"/inbox/{new_id()}"):
        assert everywhere < await named(ann, path), path
    assert await named(ann, f"/inbox/{new_id()}/settings") == everywhere
    assert await named(stranger, "/messages") == set()
    assert not everywhere <= await named(stranger, "/")


async def test_without_a_database_the_app_comes_all_the_same(
    stranger: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise Unavailable

    monkeypatch.setattr(accounts, "list_partners", away)
    answer = await stranger.get("/")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert Seen(answer).first["answers"] == {}


async def test_the_words_are_those_of_the_web_app(database: Database) -> None:
    shown = "".join(
        (WEB / "src" / name).read_text()
        for name in ("landing/texts.ts", "storefront/texts.ts", "adverts/offerTexts.ts")
    )
    for name, sentence in vars(texts).items():
        if isinstance(sentence, Sentence) and name != "WRITE_TO":
            for language in LANGUAGES:
                assert f"'{getattr(sentence, language)}'" in shown, (name, language)


async def test_robots_may_see_what_is_public(stranger: httpx.AsyncClient) -> None:
    answer = await stranger.get("/robots.txt", headers={"Accept": "*/*"})
    assert answer.headers["content-type"].startswith("text/plain")
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in answer.text.splitlines()
    for closed in ("/inbox/", "/reset-password/", "/api/"):
        assert f"Disallow: {closed}" in answer.text.splitlines()
    assert "Allow: /api/v1/files/" in answer.text.splitlines()


async def test_the_sitemap_names_public_pages_and_when_they_changed(stranger: httpx.AsyncClient, chateau: UUID) -> None:
    answer = await stranger.get("/sitemap.xml", headers={"Accept": "*/*", "Accept-Encoding": "gzip"})
    assert answer.headers["content-type"].startswith("application/xml")
    assert places(answer.text) == [f"{ORIGIN}/", f"{ORIGIN}/partners", f"{ORIGIN}/partner/{chateau}"]
    assert re.search(rf"{chateau}</loc><lastmod>\d{{4}}-\d\d-\d\dT[\d:]+Z</lastmod>", answer.text)
    assert (await stranger.get(f"/sitemap-{chateau}.xml")).status_code == 200
    assert (await stranger.get(f"/sitemap-{new_id()}.xml")).status_code == 404


async def test_more_addresses_than_fit_are_split(database: Database) -> None:
    made = [(await accounts.make_partner(database, f"Partner {number}")).id for number in range(5)]
    maps = Sitemaps(ORIGIN, lambda: database, most=4)
    index = await maps.file(None)
    assert index is not None
    parts = [UUID(place.removeprefix(f"{ORIGIN}/sitemap-").removesuffix(".xml")) for place in places(index.body)]
    assert parts == [made[0], made[2], made[4]]
    listed = [places(part.body) for each in parts if (part := await maps.file(each)) is not None]
    assert [len(each) for each in listed] == [4, 2, 1]
    assert sorted(place for part in listed for place in part) == sorted(
        [f"{ORIGIN}/", f"{ORIGIN}/partners", *[f"{ORIGIN}/partner/{each}" for each in made]]
    )


async def test_the_app_is_installed_in_the_language_of_its_reader(stranger: httpx.AsyncClient) -> None:
    answer = await stranger.get("/manifest.webmanifest", headers={"Accept": "*/*", "Accept-Language": "fr"})
    assert answer.headers["content-type"] == "application/manifest+json"
    told = answer.json()
    assert (told["name"], told["lang"], told["display"]) == ("Estafette", "fr", "standalone")
    assert told["description"].startswith("Écrivez")
    assert {each["purpose"] for each in told["icons"]} == {"any", "maskable"}
    for each in told["icons"]:
        assert (await stranger.get(each["src"])).headers["content-type"] == each["type"]
    page = await seen(stranger, "/")
    assert page.found("link", rel="manifest", href="/manifest.webmanifest")
    [touched] = page.found("link", rel="apple-touch-icon")
    assert (await stranger.get(touched.attributes["href"])).status_code == 200
    assert len(page.found("meta", name="theme-color")) == 2


async def test_a_width_that_no_copy_has_is_refused_by_name(stranger: httpx.AsyncClient) -> None:
    for width in ("0", "1921", "wide"):
        answer = await stranger.get(f"/api/v1/files/{new_id()}/thumbnail?width={width}")
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "width")


def places(body: str | bytes) -> list[str]:
    """The addresses in a sitemap or its index."""
    return [
        each.text or ""
        for each in ElementTree.fromstring(body).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
