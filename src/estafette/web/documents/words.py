"""What the documents say beyond what handlers say of themselves."""

from typing import Any, Final

from estafette.contracts.contact_requests.schema import SCHEMA

Json = dict[str, Any]

INTRODUCTION: Final = """\
One server in which an organisation talks with everyone.

**Signing in.** Browsers carry the session cookie that `POST /api/v1/sessions` sets; their writes must come from the
server's own pages (`Origin`, `Sec-Fetch-Site`). Programs send `Authorization: Bearer est_…` with a token that a
person made under `/api/v1/tokens`. A token has scopes: `read` for GET, `write` for the rest, `admin` for
administration. What would let somebody stay who stole one (another address, password or token, the end of sessions,
the role of an owner or administrator) wants a session: `session_needed`.

**Errors** are `application/problem+json` (RFC 9457). `code` is stable, `title`, `detail` and the messages of
`errors` are sentences in the language of the signed-in person, else of `Accept-Language` (en, fr, pt, ru).
`request_id` is also in the `X-Request-Id` header of every answer and in the server's log. What a person may not see
answers 404, as if it did not exist.

**Retries.** A write may carry an `Idempotency-Key`. Its retry gets the first answer, marked `Idempotent-Replay:
true`; the same key with another request is refused with 409. Keys of messages are kept for ever, others for 24
hours. Answers that show a credential are never repeated.

**Lists** answer `{"items": […], "next": cursor}`. Hand the cursor back as `cursor` for the page after; at the end
it is null. Times are ISO 8601 in UTC.

**Live.** The WebSocket `/api/v1/live` tells what happens: `docs/live-protocol.md`. Whoever misses something reads
on from the number they hold with `GET /api/v1/conversations/{id}/changes?after=n`; persons and partners have such
numbers too, `GET /api/v1/me/changes` and `GET /api/v1/partners/{id}/changes`.
"""

TAGS: Final = {
    "Instance": "This installation.",
    "Signing in": "Signing up, signing in, sessions, the first administrator.",
    "You": "The signed-in person: profile, password, ways to be reached.",
    "Directory": "Employees among themselves: who is who, found while one types.",
    "Presence": "Whether employees are there, and what they say of themselves.",
    "Tokens": "Bearer tokens for programs.",
    "People": "For administrators.",
    "Partners": "Organisations, their storefronts and members.",
    "Invitations": "Who is invited to a partner, to work here or to administrate; where the links in the e-mails lead.",
    "Files": "Pictures and attachments.",
    "Conversations": "Who talks with whom.",
    "Threads": "What was said below a message of a direct chat, group or channel, and which of these one follows.",
    "Groups and channels": "Colleagues among themselves: direct chats, groups, channels, and who is in them.",
    "Messages": "What was said.",
    "Later": "What one sends at a time of one's own choice, and of what one wants to be reminded.",
    "Search": "Finding what was said.",
    "Notifications": "What concerns you, in the bell and by the ways you chose; quiet hours, exceptions.",
    "Clients": "The register of whom the organisation writes to: consents, attributes, segments, import and export.",
    "Communications": "What is sent to clients, at once or on schedule: each to each of them once.",
    "Adverts": "What partners offer, and people leave contact requests about.",
    "Contact requests": "People who wish to be contacted, and how the partner takes care of each.",
    "Documents": "Links to documents of other systems: what each grants its reader to see, and who took note.",
    "Deliveries": "Messages that leave the server by SMS, MMS, e-mail and push, and what became of them.",
    "Gateways": "By which ways they leave; for administrators.",
    "Suppressions": "Who must not be written to; for administrators.",
    "Push": "Browsers that want to be told.",
    "Webhooks": "Programs that want to be told, by signed calls (Standard Webhooks).",
    "Contract D1": "The documented interface for contact requests; its errors are problem+json.",
    "Contract D2": 'The documented interface for SMS and MMS; its errors are `{"error": text, "code": number}`.',
    "Contract D3": "The documented interface for communications to clients; its errors are problem+json.",
    "Contract D4": 'The documented corporate messenger; its errors are `{"error": text}`.',
    "Contract D5": 'The documented storefront interface; its errors are `{"error": text}`.',
    "Operations": "For machines that watch the server.",
}

SUCCESSES: Final = {"200": "Done", "201": "Created", "204": "Done, nothing to show", "206": "A part of it"}

# name: (status, what it means)
PROBLEMS: Final = {
    "Malformed": ("400", "The request cannot be read."),
    "Unauthenticated": ("401", "Nobody is signed in."),
    "Forbidden": ("403", "Not allowed, from another site, or by a token without the scope for it."),
    "NotFound": ("404", "Not there, or not to be seen by the caller."),
    "Conflict": ("409", "It does not fit the present state, or the idempotency key was used for another request."),
    "TooLarge": ("413", "The body is too large."),
    "Invalid": ("422", "Some fields are wrong; `errors` names each."),
    "TooMany": ("429", "Too many requests; `Retry-After` says how many seconds to wait."),
    "Broken": ("500", "Something went wrong in the server."),
    "Unavailable": ("503", "Not ready; nothing was lost. Try again."),
}

SECURITY_SCHEMES: Final[Json] = {
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": "estafette_session",
        "description": "Set by signing in. Over TLS it is called `__Host-estafette_session`.",
    },
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "est_…"},
}

IDEMPOTENCY_KEY: Final[Json] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Makes a retry safe: the same key gets the first answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[ -~]+$"},
}

SCHEMAS: Final[Json] = {
    "Problem": {
        "title": "Problem",
        "type": "object",
        "required": ["type", "title", "status", "code", "detail", "request_id"],
        "properties": {
            "type": {"type": "string", "description": "`/problems/` and the code"},
            "title": {"type": "string", "description": "What went wrong, for people"},
            "status": {"type": "integer"},
            "code": {"type": "string", "description": "What went wrong, for programs"},
            "detail": {"type": "string"},
            "request_id": {"type": "string", "format": "uuid"},
            "errors": {"type": "array", "items": {"$ref": "#/components/schemas/FieldProblem"}},
        },
    },
    "FieldProblem": {
        "title": "FieldProblem",
        "type": "object",
        "required": ["field", "code", "message"],
        "properties": {"field": {"type": "string"}, "code": {"type": "string"}, "message": {"type": "string"}},
    },
    "ContractError": {
        "title": "ContractError",
        "type": "object",
        "required": ["error"],
        "properties": {
            "error": {"type": "string"},
            "code": {"type": "integer", "description": "Document D2 only: the HTTP status, or 404 with the status 200"},
        },
    },
}

_BYTES: Final[Json] = {"schema": {"type": "string", "format": "binary"}}

# The schema says of itself which draft it follows; inside the document that is the document's own.
_contact_request: Final[Json] = {name: value for name, value in SCHEMA.items() if name != "$schema"}


def _object(properties: Json, *required: str) -> Json:
    """A body that is an object of these properties and no others."""
    schema = {"type": "object", "additionalProperties": False, "required": list(required), "properties": properties}
    return {"required": True, "content": {"application/json": {"schema": schema}}}


_TEXT: Final[Json] = {"type": "string"}
_ID: Final[Json] = {"type": "string", "format": "uuid"}
_NAME: Final[Json] = {"type": "string", "minLength": 1, "maxLength": 80}
_CONTACTS: Final[Json] = {"type": "array", "maxItems": 1_000, "items": _ID}
_INFO: Final[Json] = {"type": "string", "maxLength": 500}
_USER_STATUS: Final[Json] = {"enum": ["available", "away", "do_not_disturb"]}
_CHANNEL_STATUS: Final[Json] = {"enum": ["active", "archived"]}

# Bodies that handlers read by themselves.
BODIES: Final[dict[tuple[str, str], Json]] = {
    ("post", "/api/v1/files"): {"required": True, "content": {"application/octet-stream": _BYTES}},
    ("post", "/api/v1/callbacks/{gateway_id}"): {"required": False, "content": {"*/*": _BYTES}},
    ("post", "/v1/contact-requests"): {"required": True, "content": {"application/json": {"schema": _contact_request}}},
    ("post", "/messages"): {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["message", "from", "to", "type"],
                    "properties": {
                        "message": {"type": "string", "minLength": 10, "maxLength": 150},
                        "from": {"type": "string", "minLength": 3, "maxLength": 15},
                        "to": {"type": "integer", "description": "A phone number with its country code, no plus"},
                        "type": {"enum": ["SMS", "MMS"]},
                    },
                }
            }
        },
    },
    ("post", "/v1/auth"): _object({"email": _TEXT, "password": _TEXT}, "email", "password"),
    ("put", "/v1/user/{user_id}"): _object({"info": _INFO, "status": _USER_STATUS}),
    ("post", "/v1/user/{user_id}/channel"): _object(
        {"nameof": _NAME, "user": _ID, "contacts": _CONTACTS, "status": _CHANNEL_STATUS}, "nameof", "user"
    ),
    ("put", "/v1/user/{user_id}/channel/{channel_id}"): _object(
        {"nameof": _NAME, "contacts": _CONTACTS, "status": _CHANNEL_STATUS}
    ),
    ("post", "/api/messages"): {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["content"],
                    "properties": {
                        "content": {"type": "string", "minLength": 1, "maxLength": 10_000},
                        "partnerId": {"type": "string", "format": "uuid"},
                        "conversationId": {"type": "string", "format": "uuid"},
                    },
                    "description": "Either `partnerId` or `conversationId`.",
                }
            }
        },
    },
}

CONTENTS: Final[dict[tuple[str, str], Json]] = {
    ("get", "/api/v1/files/{file_id}"): {"*/*": _BYTES},
    ("head", "/api/v1/files/{file_id}"): {"*/*": {}},
    ("get", "/api/v1/files/{file_id}/thumbnail"): {"image/webp": _BYTES},
    ("get", "/api/v1/partners/{partner_id}/code.png"): {"image/png": _BYTES},
    ("get", "/api/v1/partners/{partner_id}/code.svg"): {"image/svg+xml": {"schema": {"type": "string"}}},
    ("get", "/api/v1/partners/{partner_id}/contact-requests.csv"): {"text/csv": {"schema": {"type": "string"}}},
    ("get", "/api/v1/partners/{partner_id}/contact-requests.xlsx"): {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _BYTES
    },
    ("get", "/v1/contact-requests/schema"): {"application/schema+json": {"schema": {"type": "object"}}},
    ("get", "/metrics"): {"text/plain": {"schema": {"type": "string"}}},
}
