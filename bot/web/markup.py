"""Turns the small Markdown of our texts into safe HTML for the pages that work without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from bot.web.phone_numbers import NUMBER, is_callable, tel

_ALONE_IN_BOLD = re.compile(r"<p><strong>((?:(?!</?strong>|</p>).)*)</strong></p>")
RULES = ["emphasis", "list", "link", "newline", "heading"]


def html(text: str) -> Markup:
    """Paragraphs, bold, lists and links (https or our own pages); everything else is shown as it was typed."""
    tokens = _parser().parse(text)
    return Markup("").join(_blocks(tokens))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("zero", {"html": False}).enable(RULES)


def _blocks(tokens: Sequence[Token]) -> Iterator[Markup]:
    for token in tokens:
        if token.type == "inline":
            yield from _inline(token.children or [])
        elif token.type == "paragraph_open" and token.hidden or token.type == "paragraph_close" and token.hidden:
            continue
        elif token.tag:
            # A heading of a text stands below the headings of the page.
            tag = "h3" if token.type.startswith("heading") else token.tag
            yield Markup(f"<{tag}>" if token.nesting == 1 else f"</{tag}>")


def _inline(tokens: Sequence[Token]) -> Iterator[Markup]:
    link_is_shown = False
    inside_link = False
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrGet("href") or "")
            inside_link, link_is_shown = True, is_safe_link(href)
            yield Markup('<a href="{}">').format(href) if link_is_shown else Markup("")
        elif token.type == "link_close":
            yield Markup("</a>") if link_is_shown else Markup("")
            inside_link = False
        elif token.type in ("softbreak", "hardbreak"):
            yield Markup("<br>")
        elif token.tag:
            yield Markup(f"<{token.tag}>" if token.nesting == 1 else f"</{token.tag}>")
        else:
            yield escape(token.content) if inside_link else with_numbers(token.content)


def with_headings(shown: Markup) -> Markup:
    """On a page what stands in bold by itself is a heading: a screen reader jumps from one to the next."""
    return Markup(_ALONE_IN_BOLD.sub(r"<h2>\1</h2>", str(shown)))


def with_numbers(text: str) -> Markup:
    """The text with each telephone number as a link."""
    parts: list[Markup] = []
    end = 0
    for match in NUMBER.finditer(text):
        number = match.group()
        if is_callable(number):
            parts += [escape(text[end : match.start()]), Markup('<a href="{}">{}</a>').format(tel(number), number)]
            end = match.end()
    return Markup("").join([*parts, escape(text[end:])])


def is_safe_link(href: str) -> bool:
    return href.startswith("https://") or (href.startswith("/") and not href.startswith(("//", "/\\")))
