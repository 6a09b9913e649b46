"""Pages of PDFs are pictures, drawn by a process that what strangers send can end and nothing else."""

from io import BytesIO

import pytest
from PIL import Image

from tests.files import documents
from tests.files.site import FilesSite
from tests.files.test_api import got, sent


async def test_a_document_tells_its_pages_and_shows_them(site: FilesSite) -> None:
    path = f"/files/{await sent(site, documents.pdf('Invoice'), 'invoice.pdf')}/pages"
    assert (await got(site, path)).json() == {"count": 1, "sizes": [{"width": 612.0, "height": 792.0}]}
    answer = await got(site, f"{path}/1?width=300")
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    with Image.open(BytesIO(answer.content)) as page:
        assert abs(page.width - 300) <= 1
        # Something is written on white paper.
        histogram = page.convert("L").histogram()
        assert sum(histogram[:100]) > 10
        assert sum(histogram[250:]) > 1000
    again = await got(site, f"{path}/1?width=300", If_None_Match=answer.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "content",
    [
        documents.encrypted_pdf("secret"),
        documents.pdf("cut off")[:300],
        b"A text that is no document.",
    ],
    ids=["encrypted", "broken", "text"],
)
async def test_what_cannot_be_drawn_says_so(site: FilesSite, content: bytes) -> None:
    answer = await got(site, f"/files/{await sent(site, content, 'a.pdf')}/pages/1")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_preview")


async def test_a_page_that_unfolds_to_gigabytes_ends_its_own_process_alone(site: FilesSite) -> None:
    path = f"/files/{await sent(site, documents.pdf_bomb(), 'bomb.pdf')}/pages/1"
    assert (await got(site, path)).status_code in {200, 404}
    assert (await got(site, f"/files/{await sent(site, documents.pdf('Good'), 'b.pdf')}/pages/1")).status_code == 200


async def test_a_page_behind_the_last_one_is_none(site: FilesSite) -> None:
    path = f"/files/{await sent(site, documents.pdf('One page'), 'a.pdf')}/pages"
    assert [(await got(site, f"{path}/{number}")).status_code for number in (0, 2, 501)] == [404, 404, 404]
