"""What the doctor answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One answer."""

    subject: str
    good: bool
    text: str
    warns: bool = False
    """Good, and likely to be meant otherwise."""
