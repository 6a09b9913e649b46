"""The schema of document D1, as it is published.

Where the document contradicts itself its rule MSG_3 counts: the message is optional.
"""

from typing import Any, Final

from estafette import contact_requests

SCHEMA: Final[dict[str, Any]] = {
    "$schema": "http://json-schema.org/draft/2019-09/schema#",
    "title": "Contact request",
    "type": "object",
    "properties": {
        "ad": {"type": "string", "description": "The advert: its reference at the advertiser, or its id"},
        "advertiser": {"type": "string", "description": "The id of the advertiser whose advert it is"},
        "profile": {
            "type": "string",
            "description": "One of the caller's own contact profiles; the default one when left out",
        },
        "message": {"type": "string", "maxLength": contact_requests.MESSAGE},
        "starts_at": {
            "type": "string",
            "format": "date",
            "description": "From when the person wishes to be contacted: yesterday to two years ahead",
        },
    },
    "required": ["ad", "advertiser", "starts_at"],
    "additionalProperties": False,
}
