"""How many pixels a picture says it has, read before a decoder sees it."""


def announced(data: bytes, media_type: str) -> int:
    """Pixels that the head of a WebP announces (RFC 9649); 0 for others, whose decoders ask for no memory on opening.

    The one of WebP takes three canvases as soon as it is opened: 40 bytes of file cost 735 MB.
    """
    if media_type != "image/webp":
        return 0
    kind, body = data[12:16], data[20:]
    if kind == b"VP8X":
        return (_number(body[4:7]) + 1) * (_number(body[7:10]) + 1)
    if kind == b"VP8L":
        bits = _number(body[1:5])
        return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 ":
        return (_number(body[6:8]) & 0x3FFF) * (_number(body[8:10]) & 0x3FFF)
    return 0


def _number(part: bytes) -> int:
    return int.from_bytes(part, "little")
