"""Hands notifications to push services (RFC 8030), each at the endpoint that the browser was given."""

import asyncio
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from estafette.base.brief import brief
from estafette.base.ids import new_id
from estafette.base.outgoing import Answer, NoAnswer, NotConnected, Outgoing, OutgoingRefused
from estafette.base.outgoing.waiting import retry_after
from estafette.base.slots import Slots
from estafette.deliveries.models.messages import Accepted, ClaimedMessage, Kind, Outcome, Refused, Unknown
from estafette.deliveries.models.push_payload import LARGEST, payload
from estafette.deliveries.transports.web_push.encryption import encrypt
from estafette.deliveries.transports.web_push.vapid import Vapid

CONNECTIONS: Final = 64
TIMEOUT: Final = 30.0  # seconds
LONGEST: Final = 28 * 86_400  # seconds; the large services keep nothing longer
URGENCY: Final = {0: "high", 1: "normal", 2: "low"}  # RFC 8030, 5.3


class WebPushLink:
    """Push services are many and each takes one message at a time, so that the link itself never breaks."""

    def __init__(self, outgoing: Outgoing, vapid: Vapid) -> None:
        self._outgoing = outgoing
        self._vapid = vapid
        self._slots = Slots(CONNECTIONS)

    async def capacity(self) -> int:
        """Waits for a free place, and says how many there are."""
        return await self._slots.free()

    async def lost(self) -> str:
        """Waits for ever."""
        await asyncio.Event().wait()
        return ""

    async def submit(self, claimed: ClaimedMessage) -> Outcome:
        """Encrypts the notification and hands it over."""
        subscription = claimed.subscription
        if subscription is None:
            return refused("operator", "subscription_gone", "The browser is not registered any more.")
        plain = notification(claimed)
        if len(plain) > LARGEST:
            return refused("system", "too_large", f"A notification has {LARGEST:,} bytes at most.")
        try:
            body = encrypt(plain, subscription.p256dh, subscription.auth)
            sender = {"Authorization": self._vapid.authorization(subscription.endpoint)}
        except ValueError:
            return refused("system", "bad_subscription", "The browser's key or address is none.")
        with self._slots.taken():
            try:
                answer = await self._outgoing.post(
                    subscription.endpoint, body, headers(claimed) | sender, timeout=TIMEOUT
                )
            except OutgoingRefused as error:
                return refused("system", "endpoint_refused", f"The push service may not be called: {error}.")
            except NotConnected as error:
                return refused("gateway", "unreachable", f"No connection: {error}.", permanent=False)
            except NoAnswer as error:
                return Unknown(reason=brief(f"The push service was told, and did not answer: {error}."))
        return outcome(answer)


def notification(claimed: ClaimedMessage) -> bytes:
    """What the service worker of the app reads."""
    return payload(claimed.subject, claimed.text, claimed.options.url, claimed.options.topic)


def headers(claimed: ClaimedMessage) -> dict[str, str]:
    """How the push service shall treat it."""
    seconds = (claimed.expires_at - datetime.now(UTC)).total_seconds()
    known = {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(int(min(LONGEST, max(0.0, seconds)))),
        "Urgency": URGENCY.get(claimed.urgency, "normal"),
    }
    topic = claimed.options.topic
    return known | ({"Topic": topic_header(topic)} if topic else {})


def topic_header(topic: str) -> str:
    """A topic in the 32 characters that push services allow; a longer one, or one in other letters, by its digest."""
    if re.fullmatch(r"[A-Za-z0-9_-]{1,32}", topic):
        return topic
    return urlsafe_b64encode(sha256(topic.encode()).digest())[:32].decode()


def outcome(answer: Answer) -> Outcome:
    """What an answer means. Only 404 and 410 say that the subscription is gone: all else may be our own fault."""
    status, said = answer.status, f"{answer.status} {answer.body[:300].decode(errors='replace')}"
    if status in (200, 201, 202):
        return Accepted(provider_ids=(provider_id(answer.headers),))
    if status in (404, 410):
        return refused("operator", "subscription_gone", said, gone=True)
    if status in (408, 425, 429) or status >= 500:
        code = "too_many_requests" if status == 429 else "service_unavailable"
        return refused("gateway", code, said, permanent=False, retry_after=retry_after(answer.headers))
    if status in (400, 401, 403):
        return refused("gateway", "not_authorized", said)
    return refused("gateway", "too_large" if status == 413 else "refused", said)


def provider_id(headers: Mapping[str, str]) -> str:
    """Where the push service keeps the message (RFC 8030, 5), or an id of ours."""
    location = headers.get("location", "")
    return location if 0 < len(location) <= 500 and location.isprintable() else str(new_id())


def refused(
    kind: Kind, code: str, reason: str, *, permanent: bool = True, gone: bool = False, retry_after: float | None = None
) -> Refused:
    """A refusal with words of a decent length."""
    return Refused(kind=kind, permanent=permanent, code=code, reason=brief(reason), gone=gone, retry_after=retry_after)
