"""What works and is likely to be meant otherwise is said at the start."""

import os

import pytest

from estafette.base.settings import Settings
from estafette.cli.public_url_check import examine_public_url
from estafette.cli.warnings import warnings_at_start
from tests.cli.running import Up

PROXY = {"trusted_proxies": ("127.0.0.1",)}


@pytest.mark.parametrize(
    ("settings", "is_root", "begins"),
    [
        (PROXY, False, ["There is a trusted proxy and the public URL is not set: "]),
        (
            PROXY | {"public_url": "http://talk.example.org"},
            False,
            ["There is a trusted proxy and the public URL is http://talk.example.org: "],
        ),
        (PROXY | {"public_url": "https://talk.example.org"}, False, []),
        ({"public_url": "http://talk.example.org"}, False, []),
        ({}, True, ["It runs as root, so that "]),
        ({}, False, []),
    ],
)
def test_each_is_a_sentence_with_its_mend(settings: dict[str, object], is_root: bool, begins: list[str]) -> None:
    said = warnings_at_start(Settings(**settings), is_root=is_root)  # type: ignore[arg-type]
    assert len(said) == len(begins)
    for sentence, begin in zip(said, begins, strict=True):
        assert sentence.startswith(begin)
        assert sentence.endswith(".")
        assert "--public-url" in sentence or "useradd" in sentence


def test_a_proxy_that_does_tls_is_found_out_when_people_have_come_by_it() -> None:
    settings = Settings(trusted_proxies=("127.0.0.1",), public_url="http://talk.example.org")
    assert examine_public_url(settings, {"estafette_unexpected_tls_total": 0.0}).good
    seen = examine_public_url(settings, {"estafette_unexpected_tls_total": 3.0})
    assert not seen.good
    assert "set --public-url to the https address" in seen.text


def test_who_starts_it_as_root_is_told(running: Up) -> None:
    assert ("Warning: It runs as root" in running.output) == (os.geteuid() == 0)
