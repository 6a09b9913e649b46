"""How to reach an SMPP gateway, what it is particular about, and what we sign in with."""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Meta, Struct

Octet = Annotated[int, Meta(ge=0, le=255)]
Seconds = Annotated[float, Meta(ge=0.1, le=25)]  # a long message waits twice, and a submission ends within a minute


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that gateways differ in; the defaults are what most of them expect."""

    host: Annotated[str, Meta(min_length=1, max_length=253)]
    port: Annotated[int, Meta(ge=1, le=65_535)] = 2775
    tls: bool = False
    tls_authority: Annotated[str, Meta(max_length=50_000)] | None = None  # PEM; None: those the system trusts
    system_type: Annotated[str, Meta(max_length=12, pattern="^[ -~]*$")] = ""
    window: Annotated[int, Meta(ge=1, le=1000)] = 50  # messages that may be unanswered at a time
    response_timeout: Seconds = 20.0
    enquire_every: Annotated[float, Meta(ge=0.1, le=600)] = 30.0  # seconds of silence before we ask whether it is there
    source_ton: Octet | None = None  # None: by the kind of sender
    source_npi: Octet | None = None
    destination_ton: Octet = 1  # international
    destination_npi: Octet = 1  # E.164
    gsm7_data_coding: Octet = 0
    ucs2_data_coding: Octet = 8
    reference_bits: Literal[8, 16] = 8  # of the number that holds the segments of a long message together
    receipt_ids: Literal["same", "hex_to_decimal", "decimal_to_hex"] = "same"  # from receipts to answers
    unmarked_receipts: bool = False  # a message that reads like a receipt is one, though its esm_class says otherwise
    validity: Literal["relative", "absolute", "none"] = "relative"
    time_zone: Annotated[str, Meta(max_length=64)] = "UTC"  # of the times in receipts
    retry_statuses: Annotated[list[Annotated[int, Meta(ge=1)]], Meta(max_length=100)] = []  # refusals that will pass

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("time_zone is not the name of a time zone") from None


class Credentials(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the gateway's owner has given us; many give out longer ones than SMPP has room for."""

    system_id: Annotated[str, Meta(min_length=1, max_length=64, pattern="^[!-~]+$")]
    password: Annotated[str, Meta(max_length=64, pattern="^[!-~]*$")] = ""
