"""JPEG (ITU-T T.81): segments in front of the pixels, and between them in progressive ones."""

import re
from typing import Final

from estafette.base.images.stripping.errors import NotAPicture
from estafette.base.images.stripping.orientation import only_orientation

_START: Final = b"\xff\xd8"
_END, _SCAN, _APP0, _APP1, _APP2, _APP14 = 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE
_EXIF: Final = b"Exif\0\0"
_PROFILE: Final = b"ICC_PROFILE\0"
# Frames, tables, restart intervals, the number of lines: all that decoding needs.
_NEEDED: Final = frozenset({*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD, 0xDE, 0xDF, _SCAN}) - {0xC8}
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
# Inside a scan FF00 is a byte of pixels and FFD0 to FFD7 mark where decoding can start anew.
_AFTER_SCAN: Final = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")


def stripped(data: bytes) -> bytes:
    """Without EXIF, XMP, IPTC, comments, embedded previews, and pictures behind the picture (MPF)."""
    if not data.startswith(_START):
        raise NotAPicture
    kept: list[bytes] = []
    turn: bytes | None = None
    at = len(_START)
    while at + 1 < len(data):
        if data[at] != 0xFF:
            raise NotAPicture
        kind = data[at + 1]
        if kind == 0xFF:  # Padding.
            at += 1
        elif kind == _END:
            kept.append(data[at : at + 2])
            break
        elif kind in _ALONE:
            at += 2
        else:
            if at + 4 > len(data):
                break
            end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if end < at + 4:
                raise NotAPicture
            body = data[at + 4 : end]
            if kind == _APP1 and body.startswith(_EXIF):
                turn = turn or only_orientation(body[len(_EXIF) :])
            if end > len(data):
                break  # It breaks off in here.
            if kind == _SCAN:
                found = _AFTER_SCAN.search(data, end)
                end = found.start() if found else len(data)
            kept.append(_kept(kind, data[at:end], body))
            at = end
    return b"".join([_START, *_with_turn(kept, turn)])


def _kept(kind: int, segment: bytes, body: bytes) -> bytes:
    if kind in _NEEDED:
        return segment
    if kind == _APP0 and body.startswith(b"JFIF\0"):
        # Version and density; behind them may stand a preview of what was cut off.
        return _segment(_APP0, body[:12] + b"\0\0") if len(body) >= 14 else b""
    if kind == _APP2 and body.startswith(_PROFILE):
        return segment
    if kind == _APP14 and body.startswith(b"Adobe") and len(body) >= 12:
        return _segment(_APP14, body[:12])  # How colours are meant: without it they are wrong.
    return b""


def _with_turn(segments: list[bytes], turn: bytes | None) -> list[bytes]:
    if turn is None:
        return segments
    behind = 1 if segments and segments[0][:2] == bytes((0xFF, _APP0)) else 0
    return [*segments[:behind], _segment(_APP1, _EXIF + turn), *segments[behind:]]


def _segment(kind: int, body: bytes) -> bytes:
    return bytes((0xFF, kind)) + (len(body) + 2).to_bytes(2, "big") + body
