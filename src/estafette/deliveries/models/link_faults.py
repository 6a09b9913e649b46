"""Why there is no link to a gateway."""

from typing import Literal

from estafette.base.errors import Problem

LinkFault = Literal[
    "settings", "sign_in", "certificate", "unreachable", "no_answer", "refused", "interrupted", "internal"
]
"""Why there is no link: what it is set up with cannot be used; the other side does not let us in, shows no valid

certificate, cannot be reached, is silent, refuses; a link that was open broke; we failed ourselves.
"""


class LinkRefused(Problem):
    """{reason}"""

    code = "link_refused"

    def __init__(self, fault: LinkFault, reason: str) -> None:
        super().__init__(reason=reason)
        self.fault: LinkFault = fault
        self.reason = reason
