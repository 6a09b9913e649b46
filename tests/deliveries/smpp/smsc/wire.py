"""The octets of the gateway, written without our client's code."""

import struct
import time
from typing import Any

from tests.deliveries.smpp.smsc.gateway import Owed

HEADER = struct.Struct(">IIII")


def receipt_body(owed: Owed) -> bytes:
    """A receipt in words and in parameters."""
    now = time.strftime("%y%m%d%H%M", time.gmtime())
    text = (
        f"id:{owed.message_id} sub:001 dlvrd:001 submit date:{now} done date:{now} stat:{owed.state} err:000 text:"
    ).encode()
    return b"".join(
        (
            b"\0\1\1",
            owed.destination.encode(),
            b"\0\5\0",
            owed.source.encode("latin-1"),
            b"\0\4\0\0\0\0\0\0\0\0",
            bytes((len(text),)),
            text,
            struct.pack(">HHB", 0x0427, 1, 2 if owed.state == "DELIVRD" else 5),
            struct.pack(">HH", 0x001E, len(owed.message_id) + 1),
            owed.message_id.encode(),
            b"\0",
        )
    )


def read_submit(body: bytes) -> dict[str, Any]:
    """What the log has of a submit_sm."""
    at = body.index(0) + 3
    end = body.index(0, at)
    source = body[at:end].decode("latin-1")
    at = end + 3
    end = body.index(0, at)
    destination = body[at:end].decode("latin-1")
    esm_class = body[end + 1]
    end = body.index(0, body.index(0, end + 4) + 1)
    data_coding, length = body[end + 3], body[end + 5]
    message = body[end + 6 : end + 6 + length]
    parts = part = 1
    if esm_class & 0x40:
        parts, part = message[message[0] - 1], message[message[0]]
        message = message[message[0] + 1 :]
    return {
        "id": "",
        "source": source,
        "destination": destination,
        "esm_class": esm_class,
        "data_coding": data_coding,
        "parts": parts,
        "part": part,
        "text": message.decode("utf-16-be" if data_coding == 8 else "latin-1"),
    }
