"""What the edge itself refuses."""

from estafette.base.errors import FieldError, Forbidden, Malformed, NotFound, Problem, TooMany


class CrossSite(Forbidden):
    """This came from another site."""

    code = "cross_site"


class ReadOnlyToken(Forbidden):
    """This token may only read."""

    code = "read_only_token"


class BadIdempotencyKey(Malformed):
    """Idempotency-Key must be 1 to 200 printable ASCII characters."""

    code = "bad_idempotency_key"

    def __init__(self) -> None:
        super().__init__()
        self.fields = (FieldError("Idempotency-Key", "bad_idempotency_key"),)


class UnknownRoute(NotFound):
    """There is no such address."""

    code = "unknown_route"


class MethodNotAllowed(Problem):
    """This address knows other methods only."""

    code = "method_not_allowed"

    def __init__(self, allowed: str = "") -> None:
        super().__init__()
        self.allowed = allowed
        """The methods that it knows, as the header Allow says them."""


class TooManyRequests(TooMany):
    """Too many requests."""

    code = "too_many_requests"
