"""Which modules of the web app a page is about to ask for: named in it, they are fetched at once."""

import re
from typing import Final

PEOPLE: Final = "src/people.svelte.ts"
"""What signed-in people need on every page."""
LANDING: Final = "src/landing/Landing.svelte"
DIRECTORY: Final = "src/landing/Directory.svelte"
STOREFRONT: Final = "src/storefront/Storefront.svelte"
# The pages that are opened first and most often.
_OWN: Final = (
    (re.compile(r"/chats(/[^/]+)?/?"), "src/chats/ChatsPage.svelte"),
    (re.compile(r"/messages(/[^/]+)?/?"), "src/conversations/CustomerDashboard.svelte"),
    (re.compile(r"/inbox/[^/]+(/archive|/[0-9a-f-]{36})?/?"), "src/conversations/PartnerDashboard.svelte"),
)


def own_modules(path: str) -> tuple[str, ...]:
    """Those of a page of signed-in people."""
    return (PEOPLE, *(module for pattern, module in _OWN if pattern.fullmatch(path)))


def public_modules(shown: str, *, stranger: bool) -> tuple[str, ...]:
    """Those of a page that strangers see, too."""
    return (shown,) if stranger else (PEOPLE, shown)
