"""From an author's words to safe HTML: links for #topics, @people and addresses, and long notes.

Long notes are Markdown without raw HTML and without foreign pictures: headings, lists, quotes,
emphasis, rules, code, links and `![[picture:N]]` blocks for the note's own pictures. What
markdown-it makes is passed through nh3 all the same.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, cast
from urllib.parse import quote

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from redleaf.core.fold import fold
from redleaf.notes.services.content import MENTION, TOPIC

LINK = re.compile(
    r"https?://[^\s<>\"'，。！？；：、）】」』]+[^\s<>\"'.,;:!?)\]，。！？；：、）】」』]"
)
PICTURE_BLOCK = re.compile(r"^!\[\[picture:(\d{1,2})\]\]$", re.MULTILINE)
PICTURE_MARK = re.compile(r"<p>\u2063picture:(\d{1,2})\u2063</p>")
LINK_RELATION = "ugc nofollow noopener"

TAGS = {
    *("h2", "h3", "h4", "p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote"),
    *("a", "hr", "code", "pre"),
}
ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href", "class", "translate"},
    "h2": {"id"},
    "h3": {"id"},
    "ol": {"start"},
}


@dataclass(frozen=True)
class Heading:
    """A line of a long note's contents list."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True)
class Rendered:
    """A body as HTML in parts: text, or the number of one of the note's pictures (from 1)."""

    parts: Sequence[Markup | int]
    contents: Sequence[Heading] = ()


def short_body(body: str, known_handles: Mapping[str, str] | None = None) -> Markup:
    """Return a short note's or comment's words as paragraphs with links.

    With `known_handles` only those handles become links; without, every well-formed one does.
    """
    paragraphs = [part for part in body.split("\n\n") if part.strip()]
    html = "".join(
        f"<p>{'<br>'.join(_linked(line, known_handles) for line in part.split(chr(10)))}</p>"
        for part in paragraphs
    )
    return Markup(html)  # noqa: S704 - every piece was escaped by _linked


def long_body(body: str, *, pictures: int) -> Rendered:
    """Return a long note in parts, with its contents list of second and third level headings."""
    marked = PICTURE_BLOCK.sub("\n\n\u2063picture:\\1\u2063\n\n", body)
    tokens = _markdown.parse(marked)
    contents = _prepare(tokens)
    html = nh3.clean(
        _markdown.renderer.render(tokens, _markdown.options, {}),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=LINK_RELATION,
    )
    parts: list[Markup | int] = []
    for index, piece in enumerate(PICTURE_MARK.split(html)):
        if index % 2 == 0:
            if piece.strip():
                parts.append(Markup(piece))  # noqa: S704 - cleaned by nh3 above
        elif 1 <= int(piece) <= pictures:
            parts.append(int(piece))
    return Rendered(parts, contents)


def body_of(kind: str, body: str, pictures: int) -> Rendered:
    """Return a note's body in parts, by its kind."""
    if kind == "long":
        return long_body(body, pictures=pictures)
    return Rendered([short_body(body)])


def excerpt(body: str, *, limit: int = 120) -> str:
    """Return the first words as plain text on one line, for cards, previews and descriptions."""
    text = PICTURE_BLOCK.sub(" ", body[: limit * 8])
    text = re.sub(r"^[#>\-*+\s]+(?=\S)", "", text, flags=re.MULTILINE)
    text = re.sub(r"[*_`~]{1,3}", "", text)
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _linked(line: str, known_handles: Mapping[str, str] | None) -> str:
    pieces: list[str] = []
    position = 0
    for start, end, html in _links_in(line, known_handles):
        if start < position:
            continue
        pieces.append(escape(line[position:start]))
        pieces.append(html)
        position = end
    pieces.append(escape(line[position:]))
    return "".join(pieces)


def _links_in(line: str, known_handles: Mapping[str, str] | None) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for match in LINK.finditer(line):
        address = escape(match.group(0))
        shown = escape(re.sub(r"^https?://(www\.)?", "", match.group(0))[:48])
        found.append(
            (
                *match.span(),
                f'<a class="outside" href="{address}" rel="{LINK_RELATION}">{shown}</a>',
            )
        )
    for match in TOPIC.finditer(line):
        name = match.group(1).strip("_·・")
        if not name or name.isdigit():
            continue
        path = f"/topic/{quote(fold(name))}/"
        found.append((*match.span(), f'<a class="topic" href="{path}">#{escape(name)}</a>'))
    for match in MENTION.finditer(line):
        handle = match.group(1).lower()
        if known_handles is not None and handle not in known_handles:
            continue
        shown = escape(match.group(1))
        found.append(
            (*match.span(), f'<a class="mention" href="/@{handle}" translate="no">@{shown}</a>')
        )
    return sorted(found)


def _prepare(tokens: list[Token]) -> list[Heading]:
    """Lower headings by one (the title is the page's h1), give them anchors, link the text."""
    contents: list[Heading] = []
    for index, token in enumerate(tokens):
        if token.type in {"heading_open", "heading_close"}:
            level = min(4, max(2, int(token.tag[1]) + (1 if token.tag == "h1" else 0)))
            token.tag = f"h{level}"
            if token.type == "heading_open" and level <= 3:
                anchor = f"part-{len(contents) + 1}"
                token.attrSet("id", anchor)
                contents.append(Heading(level, anchor, tokens[index + 1].content))
        if token.type == "inline" and token.children:
            token.children = _link_children(token.children)
    return contents


def _link_children(children: list[Token]) -> list[Token]:
    linked: list[Token] = []
    inside_link = 0
    for child in children:
        inside_link += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type == "text" and not inside_link:
            token = Token("html_inline", "", 0)
            token.content = _linked(child.content, None)
            linked.append(token)
        elif child.type != "image":
            linked.append(child)
    return linked


def _make_markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
    markdown.enable("strikethrough")
    markdown.disable(["image", "html_block", "html_inline"])
    return markdown


_markdown = cast(Any, _make_markdown())
