"""What all pages of the documents have around them."""

from html import escape


def framed(title: str, contents: str, navigation: str, content: str) -> str:
    """A whole page; `contents` names what `navigation` leads to, for screen readers. Both last ones are HTML."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(title)}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<nav aria-label="{escape(contents)}">
<a class="home" href="/">Estafette</a>
<p class="up"><a href="/docs">Documentation</a></p>
{navigation}
</nav>
<main id="content">
{content}
</main>
</body>
</html>
"""
