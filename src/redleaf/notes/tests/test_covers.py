"""The cover that a note without pictures shows where its address is passed on."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from redleaf.graph import services as graph
from redleaf.notes import covers
from redleaf.notes.covers import fonts
from redleaf.notes.models import CoverDesign
from redleaf.notes.services import publish
from redleaf.notes.tests.factories import make_note

pytestmark = pytest.mark.django_db

CACHES = (fonts._candidates, fonts._files, fonts._has, fonts._missing)


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without a single font."""
    monkeypatch.setattr(fonts, "PLACES", ())
    for cache in CACHES:
        cache.cache_clear()
    yield
    for cache in CACHES:
        cache.cache_clear()


def meta(page: str, name: str) -> str:
    found = re.search(rf'<meta property="{name}" content="([^"]*)"', page)
    return found[1] if found else ""


def cover_path(browser: Client, note: Any) -> str:
    page = browser.get(f"/note/{note.ref}/").content.decode()
    return meta(page, "og:image").removeprefix(settings.REDLEAF_PUBLIC_URL)


def picture_of(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=["PNG"]).convert("RGB")


def cover(design: str = "ruled", title: str = "多伦多的第一个冬天", **fields: str) -> covers.Cover:
    words = {"excerpt": "Warm enough", "language": "zh-hans", "foot": "Redleaf"}
    return covers.Cover(design=design, title=title, **{**words, **fields})


def test_a_words_note_shows_its_own_cover_where_its_address_is_passed_on(
    client: Client, mei: Any
) -> None:
    note = make_note(mei, title="Winter shelf")
    page = client.get(f"/note/{note.ref}/").content.decode()
    size = (int(meta(page, "og:image:width")), int(meta(page, "og:image:height")))
    assert size == (1200, 630) and meta(page, "og:image:type") == "image/png"
    answer = client.get(cover_path(client, note))
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert picture_of(answer.content).size == size


def test_what_was_drawn_once_is_not_drawn_again_for_who_has_it(
    client: Client, mei: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = cover_path(client, make_note(mei))
    tag = client.get(path).headers["ETag"]
    monkeypatch.setattr(covers, "draw", None)
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_another_title_has_another_address_and_the_old_one_leads_there(
    client: Client, mei: Any
) -> None:
    note = make_note(mei, title="Before")
    old = cover_path(client, note)
    type(note).objects.filter(id=note.id).update(title="After")
    new = cover_path(client, note)
    assert new != old and client.get(old).headers["Location"] == new


@pytest.mark.parametrize("audience", ["public", "followers", "mutuals", "only_me"])
def test_the_cover_is_for_the_notes_readers_and_nobody_else(
    client: Client, client_for: Any, cast: Any, audience: str
) -> None:
    note = make_note(cast.mei, audience=audience)
    readers = [client, *(client_for(who) for who in vars(cast).values())]
    for browser in readers:
        page = browser.get(f"/note/{note.ref}/")
        drawn = browser.get(f"/note/{note.ref}/cover/{'0' * 16}.png", follow=True)
        assert drawn.status_code == page.status_code
        if page.status_code == 200 and audience != "public":
            assert drawn.headers["Cache-Control"] == "private, no-store"
    assert any(browser.get(f"/note/{note.ref}/").status_code == 200 for browser in readers)


def test_a_block_keeps_the_cover_too(client_for: Any, client: Client, mei: Any, lin: Any) -> None:
    path = cover_path(client, make_note(mei))
    graph.block(mei, lin)
    assert client_for(lin).get(path).status_code == 404


def test_a_withdrawn_note_has_no_cover(client: Client, mei: Any) -> None:
    note = make_note(mei)
    path = cover_path(client, note)
    publish.withdraw_note(mei, note)
    assert client.get(path).status_code == 404


def test_a_note_with_pictures_has_no_drawn_cover(client: Client, mei: Any) -> None:
    note = make_note(mei, pictures=1)
    assert "/media/" in cover_path(client, note)
    assert client.get(f"/note/{note.ref}/cover/{'0' * 16}.png").status_code == 404


def test_drawing_is_limited_for_one_household(
    client: Client, mei: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REDLEAF_RATE_LIMITS = True
    monkeypatch.setattr("redleaf.notes.views.note.COVER_RATE", "1/h")
    path = cover_path(client, make_note(mei))
    assert [client.get(path).status_code for _number in range(2)] == [200, 429]


@pytest.mark.parametrize("design", CoverDesign.values)
def test_every_design_is_drawn(design: str) -> None:
    drawn = covers.draw(cover(design))
    assert picture_of(drawn).size == (covers.WIDTH, covers.HEIGHT)
    assert len(drawn) < 300_000, "small enough for every preview"


@pytest.mark.usefixtures("no_fonts")
def test_without_a_font_the_card_has_no_words_and_no_boxes() -> None:
    drawn = {covers.draw(cover(title=title)) for title in ("多伦多", "Toronto", "🍁")}
    assert len(drawn) == 1, "the same ground, whatever the title"


def test_a_font_of_the_operators_own_comes_first(
    tmp_path: Any, settings: Any, no_fonts: None
) -> None:
    from PIL import ImageFont

    settings.REDLEAF_DATA_DIR = tmp_path
    (tmp_path / "fonts").mkdir()
    content = ImageFont.load_default(24).font_bytes
    (tmp_path / "fonts" / "own.ttf").write_bytes(content)
    (tmp_path / "fonts" / "broken.ttf").write_bytes(b"no font")
    assert fonts.find("Toronto", "en", "serif") == (str(tmp_path / "fonts" / "own.ttf"), 0)
    assert fonts.find("红叶", "zh-hans", "serif") is None, "it has no such characters"


@pytest.mark.parametrize(
    "title",
    [
        "",
        " ",
        "\u0301" * 300,
        "a" * 3000,
        "天" * 500,
        "\u202eabc",
        "🍁🍁🍁",
        "<b>&amp;</b>",
        "…。，",
        "\ud800",
        "الخريف",
        "กรุงเทพ",
    ],
)
def test_any_title_gives_a_picture(title: str) -> None:
    assert covers.draw(cover(title=title, excerpt=title, foot=title))


def test_no_line_begins_with_a_mark_that_closes() -> None:
    from redleaf.notes.covers.lettering import _PIECES

    pieces = _PIECES.findall("冬天：怎么穿，才“不冷”？ l’été « chaud » (ok).")
    assert not [piece for piece in pieces if piece[0] in "：，”？’).»"]
    assert "".join(pieces) == "冬天：怎么穿，才“不冷”？ l’été « chaud » (ok)."
