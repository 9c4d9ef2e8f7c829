"""From an author's words to HTML: nothing that runs, nothing foreign, and the links they meant."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redleaf.notes.rendering import TAGS, excerpt, long_body, short_body

CORPUS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox)",
    '[x](https://a.b "onmouseover=alert(1) x")',
    '[x](<https://a.b/" onclick=alert(1)>)',
    "![x](https://evil.example/pixel.gif)",
    "![x](javascript:alert(1))",
    "<https://a.b/onclick=alert(1)>",
    'https://a.b/"onmouseover="alert(1)',
    "https://a.b/<script>alert(1)</script>",
    "#<script>alert(1)</script>",
    "@<img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "<style>*{background:url(//evil)}</style>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form action=//evil><input name=q>",
    "<base href=//evil>",
    "```\n<script>alert(1)</script>\n```",
    "`<img src=x onerror=alert(1)>`",
    "> <script>alert(1)</script>",
    "## <img src=x onerror=alert(1)>",
    "- [ ] <svg onload=alert(1)>",
    "\u2063picture:1\u2063<script>alert(1)</script>",
    "![[picture:1]]<script>alert(1)</script>",
    "![[picture:99]]",
    "[a]: javascript:alert(1)\n\n[a]",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "\u202e<script>\u202c",
)
SAFE_ADDRESS = re.compile(r"https?://|mailto:|/(topic/|@)|/[^/]|#")


class Inspector(HTMLParser):
    """Sees what a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _value in attrs)
        self.addresses.extend(value or "" for name, value in attrs if name == "href")


def inspected(html: str) -> Inspector:
    found = Inspector()
    found.feed(html)
    found.close()
    return found


def assert_harmless(html: str) -> None:
    found = inspected(html)
    assert found.tags <= TAGS
    assert found.attributes <= {"href", "class", "rel", "translate", "id", "start"}
    for address in found.addresses:
        assert SAFE_ADDRESS.match(address), address


@pytest.mark.parametrize("text", CORPUS)
def test_nothing_runs_in_a_short_body(text: str) -> None:
    assert_harmless(short_body(text))


@pytest.mark.parametrize("text", CORPUS)
def test_nothing_runs_in_a_long_body(text: str) -> None:
    rendered = long_body(text, pictures=2)
    assert_harmless("".join(str(part) for part in rendered.parts))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([*CORPUS, "\n", "\n\n", "*", "#", "@mei", "](", "<", '"', "`"]), max_size=8
    )
)
def test_nothing_runs_in_any_mixture(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert_harmless(short_body(text))
    assert_harmless("".join(str(part) for part in long_body(text, pictures=2).parts))


def test_a_short_body_keeps_its_lines_and_paragraphs() -> None:
    assert short_body("one\ntwo\n\nthree") == "<p>one<br>two</p><p>three</p>"


def test_topics_people_and_addresses_become_links() -> None:
    html = short_body("#护膚 with @Mei at https://www.example.org/a?b=1&c=2.")
    assert '<a class="topic" href="/topic/%E6%8A%A4%E8%82%A4/">#护膚</a>' in html
    assert '<a class="mention" href="/@mei" translate="no">@Mei</a>' in html
    assert 'href="https://www.example.org/a?b=1&amp;c=2" rel="ugc nofollow noopener"' in html
    assert html.endswith(".</p>")


def test_of_people_only_the_known_become_links() -> None:
    html = short_body("@mei @nobody", {"mei": "Mei"})
    assert html.count("<a ") == 1


def test_a_long_body_has_headings_with_anchors_and_a_contents_list() -> None:
    rendered = long_body("# One\n\ntext\n\n## Two\n\n### Three\n\n#### Four", pictures=0)
    assert [(heading.level, heading.anchor) for heading in rendered.contents] == [
        (2, "part-1"),
        (2, "part-2"),
        (3, "part-3"),
    ]
    html = "".join(str(part) for part in rendered.parts)
    assert '<h2 id="part-1">One</h2>' in html
    assert "<h1" not in html


def test_picture_blocks_stand_between_the_text() -> None:
    rendered = long_body("a\n\n![[picture:2]]\n\nb\n![[picture:1]]\nc ![[picture:1]]", pictures=2)
    numbers = [part for part in rendered.parts if isinstance(part, int)]
    assert numbers == [2, 1]
    assert "![[picture:1]]" in str(rendered.parts[-1])


def test_a_block_without_its_picture_is_left_out() -> None:
    parts = long_body("a\n\n![[picture:3]]\n\nb", pictures=2).parts
    assert not [part for part in parts if isinstance(part, int)]


def test_links_of_others_pass_no_weight_on() -> None:
    html = str(long_body("[x](https://example.org)", pictures=0).parts[0])
    assert 'rel="ugc nofollow noopener"' in html


def test_an_excerpt_is_plain_words() -> None:
    text = "## Head\n\n- **bold** `code`\n\n![[picture:1]]\n\n> quote"
    assert excerpt(text) == "Head bold code quote"
    assert excerpt("叶" * 200, limit=10) == "叶" * 9 + "…"


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "](",
        "*a_ ",
        "> ",
        "- ",
        "`",
        "#x ",
        "@abc ",
        "![[picture:1]]\n",
        "<",
        "https://a.b/ ",
        "\\",
        "~~a",
        "&#",
    ],
)
def test_a_hostile_text_is_drawn_in_bounded_time(piece: str) -> None:
    text = (piece * 60_000)[:60_000]
    started = time.process_time()
    long_body(text, pictures=1)
    short_body(text[:2000])
    excerpt(text)
    assert time.process_time() - started < 3
