"""What a WhatsApp gateway is set up with."""

from typing import Annotated, Final

from msgspec import Meta, Struct

GRAPH: Final = "https://graph.facebook.com/v23.0"

Number = Annotated[str, Meta(min_length=1, max_length=50, pattern="^[0-9A-Za-z_-]+$")]


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which number of which business account, and where."""

    phone_number_id: Number
    business_account_id: Number
    base_url: Annotated[str, Meta(max_length=500)] = GRAPH
    # Notices for people go out in it where they may not be written to otherwise; its one place holds the notice.
    notice_template: Annotated[str, Meta(max_length=512, pattern="^[a-z0-9_]*$")] = ""


class Credentials(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The token signs our requests in, the secret signs theirs; the word is what they ask for when they are set up."""

    access_token: Annotated[str, Meta(min_length=1, max_length=2000)]
    app_secret: Annotated[str, Meta(min_length=1, max_length=500)]
    verify_token: Annotated[str, Meta(min_length=1, max_length=500)]
