"""What the error codes of the WhatsApp Cloud API mean for a message, whether they come at once or by webhook."""

from typing import Final, Literal

import msgspec

from estafette.deliveries.models.messages import Kind

Effect = Literal["message", "later", "slower", "blocked", "signed_out"]
"""What an error is about: this message for good; this message for now; the gateway, which is too fast; the gateway,
which Meta has stopped for a while; the gateway, which is not let in any more."""


class Meaning(msgspec.Struct, frozen=True):
    """What an error comes to; `code` is our own stable word, which other gateways share."""

    code: str
    effect: Effect = "message"
    kind: Kind = "gateway"
    suppress: bool = False


# From the error codes of the Cloud API and the Graph API, developers.facebook.com.
MEANINGS: Final[dict[int, Meaning]] = {
    1: Meaning("service_unavailable", "later"),
    2: Meaning("service_unavailable", "later"),
    131000: Meaning("service_unavailable", "later"),
    131016: Meaning("service_unavailable", "later"),
    131057: Meaning("service_unavailable", "later"),
    133004: Meaning("service_unavailable", "later"),
    131056: Meaning("pair_throttled", "later"),
    4: Meaning("throttled", "slower"),
    80007: Meaning("throttled", "slower"),
    130429: Meaning("throttled", "slower"),
    131048: Meaning("throttled", "slower"),
    368: Meaning("account_suspended", "blocked"),
    131031: Meaning("account_suspended", "blocked"),
    131042: Meaning("payment_missing", "blocked"),
    0: Meaning("sign_in", "signed_out"),
    3: Meaning("not_allowed", "signed_out"),
    10: Meaning("not_allowed", "signed_out"),
    190: Meaning("sign_in", "signed_out"),
    131005: Meaning("not_allowed", "signed_out"),
    133010: Meaning("not_registered", "signed_out"),
    33: Meaning("not_registered", "signed_out"),
    131026: Meaning("undeliverable", kind="operator"),
    131049: Meaning("frequency_capped", kind="operator"),
    130472: Meaning("experiment", kind="operator"),
    131050: Meaning("unsubscribed", kind="operator", suppress=True),
    131047: Meaning("window_closed"),
    131021: Meaning("bad_destination"),
    131030: Meaning("not_allowed"),
    130497: Meaning("no_route"),
    131037: Meaning("bad_sender"),
    131045: Meaning("bad_sender"),
    100: Meaning("bad_request"),
    131008: Meaning("bad_request"),
    131009: Meaning("bad_request"),
    131051: Meaning("bad_request"),
    131052: Meaning("bad_media"),
    131053: Meaning("bad_media"),
    132000: Meaning("template_variables"),
    132001: Meaning("template_unknown"),
    132005: Meaning("too_large"),
    132007: Meaning("template_refused"),
    132012: Meaning("template_variables"),
    132015: Meaning("template_paused"),
    132016: Meaning("template_disabled"),
    132018: Meaning("template_variables"),
}


def meaning_of(number: int) -> Meaning:
    """What an error comes to; one that is not known ends this message and nothing else."""
    if number in MEANINGS:
        return MEANINGS[number]
    if 200 <= number <= 299:  # permissions of the Graph API
        return Meaning("not_allowed", "signed_out")
    return Meaning("template_refused" if 132000 <= number <= 132999 else f"error_{number}")
