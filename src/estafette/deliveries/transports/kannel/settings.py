"""How to reach Kannel, and what we sign in with."""

from typing import Annotated

from msgspec import Meta, Struct

from estafette.base.outgoing import OutgoingRefused, check_url

Word = Annotated[str, Meta(min_length=1, max_length=255, pattern="^[!-~]+$")]  # it travels in a header


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where its smsbox listens. Long texts need `max-messages` and `concatenation` in Kannel's own `sendsms-user`."""

    url: Annotated[str, Meta(min_length=1, max_length=2_000)]  # http(s)://host:13013/cgi-bin/sendsms
    concurrency: Annotated[int, Meta(ge=1, le=500)] = 32  # requests that may be unanswered at a time
    dlr_mask: Annotated[int, Meta(ge=0, le=31)] = 31  # what it reports: the sum of 1, 2, 4, 8 and 16; 0: nothing
    validity: bool = True  # whether it is told until when a message is worth sending

    def __post_init__(self) -> None:
        try:
            check_url(self.url, private_addresses=True)
        except OutgoingRefused as error:
            raise ValueError(f"url: {error}") from None


class Credentials(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A `sendsms-user` of Kannel, and what the addresses that it reports to are signed with."""

    username: Word
    password: Word
    callback_secret: Annotated[str, Meta(max_length=255)] = ""  # 16 characters or more; made when it is left out

    def __post_init__(self) -> None:
        if 0 < len(self.callback_secret) < 16:
            raise ValueError("callback_secret has fewer than 16 characters")
