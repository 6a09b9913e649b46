"""How a capability speaks HTTP: it declares endpoints whose handlers take plain values and return structs.

`get("/partners/{partner_id}")` above an async function makes it an `Endpoint`. What its parameters are is told by their
names and types: those named in the path come from there, `data` is the JSON body, `body` the raw one, what the process
supplies (`Database`, `SignedIn`, …) is found by its type, and everything else stands in the query, or in a header where
it is marked with `Header`; what must be given there is marked (`Query`). Bounds are msgspec's, as in
`Annotated[int, Meta(ge=1, le=100)]`.
"""

from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from estafette.http.caller import CallerId, Neighbourhood
from estafette.http.common import Cursor, Key, Limit, Number
from estafette.http.cookies import Cookie
from estafette.http.endpoints import Endpoint, Outcome, delete, get, head, options, patch, post, put, under
from estafette.http.responses import Answer
from estafette.http.signature import Header, Query

__all__ = [
    "Answer",
    "CallerId",
    "ClientDisconnect",
    "Cookie",
    "Cursor",
    "Endpoint",
    "Header",
    "Key",
    "Limit",
    "Neighbourhood",
    "Number",
    "Outcome",
    "Query",
    "RedirectResponse",
    "Request",
    "Response",
    "StreamingResponse",
    "delete",
    "get",
    "head",
    "options",
    "patch",
    "post",
    "put",
    "under",
]
