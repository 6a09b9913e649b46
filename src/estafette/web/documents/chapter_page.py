"""A chapter of the documentation as a page: all chapters beside it, its own headings below its name."""

from html import escape

from estafette.web.documents.chapters import PARTS, Chapter, chapters
from estafette.web.documents.frame import framed
from estafette.web.documents.markdown import Heading, rendered


def chapter_page(chapter: Chapter) -> str:
    """The whole page."""
    content, headings = rendered(chapter.text)
    title = f"{chapter.title} · Estafette" if chapter.name else chapter.title
    return framed(
        title, "Chapters", _navigation(chapter, headings), f'<div class="prose">{content}</div>{_next(chapter)}'
    )


def _navigation(shown: Chapter, headings: list[Heading]) -> str:
    parts = [
        f"<h2>{escape(part)}</h2><ul>{''.join(_entry(chapters()[name], shown, headings) for name in names)}</ul>"
        for part, names in PARTS.items()
    ]
    return "".join([*parts, '<h2>Program it</h2><ul><li><a href="/docs/api">The HTTP interface</a></li></ul>'])


def _entry(chapter: Chapter, shown: Chapter, headings: list[Heading]) -> str:
    link = f'href="/docs/{chapter.name}"'
    if chapter != shown:
        return f"<li><a {link}>{escape(chapter.title)}</a></li>"
    inside = "".join(f'<li><a href="#{each.anchor}">{escape(each.title)}</a></li>' for each in headings)
    return f'<li><a {link} aria-current="page">{escape(chapter.title)}</a><ul>{inside}</ul></li>'


def _next(chapter: Chapter) -> str:
    names = list(chapters())
    following = names[names.index(chapter.name) + 1 :]
    if not following:
        return ""
    follows = chapters()[following[0]]
    return f'<p class="next"><a href="/docs/{follows.name}">Next: {escape(follows.title)}</a></p>'
