"""What the doctor answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One answer."""

    subject: str
    good: bool
    text: str
