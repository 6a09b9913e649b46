"""A frame is made once, as the WebSocket protocol wants it."""

import pytest
from websockets.frames import Frame as Reference
from websockets.frames import Opcode

from estafette.realtime.frames import Frame


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 200_000])
def test_its_bytes_are_those_of_a_text_message(size: int) -> None:
    frame = Frame("é" * (size // 2) + "x" * (size % 2))
    reference = Reference(Opcode.TEXT, frame.event["text"].encode()).serialize(mask=False)
    assert len(frame.event["text"].encode()) == size
    assert frame.event["framed"] == reference


def test_it_weighs_its_characters() -> None:
    assert Frame("Привет").characters == 6
