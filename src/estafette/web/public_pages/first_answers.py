"""What the web app would ask for first, put into the page that brings it: no second way to the server before it shows.

Answers stand under the paths by which the web app asks (`web/src/core/firstAnswers.ts`), as the API gives them to a
stranger.
"""

from typing import Any, Final

from estafette.web.public_pages.escaping import data

ADVERTS: Final = 24
"""As many adverts as a storefront asks for at first."""


def first_answers(answers: dict[str, Any], *, stranger: bool) -> str:
    """The data block; `stranger`: nobody is signed in, so that nobody needs to be asked for."""
    return data("application/json", {"stranger": stranger, "answers": answers}, ' id="first-answers"')
