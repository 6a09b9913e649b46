"""Why a file gives no text."""

from estafette.base.text_extraction.limits import Reason


class NoText(Exception):
    """There is no text, or no more than what was found before."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
