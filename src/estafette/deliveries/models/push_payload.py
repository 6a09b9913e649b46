"""What a browser is sent: accepted and submitted by the same measure."""

from typing import Final

import msgspec

LARGEST: Final = 3_900  # bytes; encrypted it must fit into 4,096


def payload(title: str | None, text: str, url: str | None, topic: str | None) -> bytes:
    """What the service worker of the app reads."""
    said = {"title": title, "text": text, "url": url, "topic": topic}
    return msgspec.json.encode({name: value for name, value in said.items() if value is not None})
