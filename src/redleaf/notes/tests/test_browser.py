"""The author's journeys in a real browser: pictures, words, a long note, an edit, two windows."""

import re
import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import expect

from redleaf.accounts.tests.factories import make_account
from redleaf.core import testing
from redleaf.core.text import units
from redleaf.media.tests import samples
from redleaf.notes.models import Draft, Mark, Note
from redleaf.notes.tests.factories import make_note, picture_file
from tests.browsing import PHONE, assert_accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]

LONG = """Before you start, read this.

## What you need

- a letter
- two pieces

## How it went

> Be there at eight.

### The small print

Ask **@grace**.

## Afterwards

#tea
"""


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    """Return the paths of three pictures: one.jpg, two.jpg, three.jpg."""
    paths = [tmp_path / f"{name}.jpg" for name in ("one", "two", "three")]
    for number, path in enumerate(paths):
        path.write_bytes(picture_file(number).getvalue())
    return [str(path) for path in paths]


def save_now(page: Any) -> None:
    """Save as when the connection comes back, which is at once."""
    page.evaluate("() => { dispatchEvent(new Event('online')); }")
    expect(page.locator("[data-save-state]")).to_contain_text("Saved")


def publish(page: Any) -> None:
    page.locator("[data-publish]").click()
    page.wait_for_url(re.compile(r"/note/\w{26}/$"))


def test_three_pictures_are_ordered_by_keyboard_and_described(
    visit: Any, pictures: list[str], tmp_path: Path
) -> None:
    page = visit(make_account("mei"), viewport=PHONE, has_touch=True)
    page.goto("/publish/")
    broken = tmp_path / "notes.txt"
    broken.write_text("not a picture")
    page.set_input_files("[name=new_pictures]", [*pictures, str(broken)])
    tiles = page.locator("[data-tiles] > li")
    expect(tiles).to_have_count(3)
    expect(page.locator(".upload-row [data-failed]")).to_contain_text("notes.txt")
    page.locator(".upload-row [data-drop-row]").click()
    names = [tile.get_attribute("data-picture") for tile in tiles.all()]

    tiles.nth(2).locator("[data-grip]").focus()
    page.keyboard.press("Home")
    expect(page.locator("[data-announce]")).to_have_text("Picture moved to place 1 of 3")
    page.keyboard.press("ArrowRight")
    tiles.nth(0).get_by_role("button", name="Move later").click()
    wanted = [names[2], names[0], names[1]]
    assert [tile.get_attribute("data-picture") for tile in tiles.all()] == wanted
    expect(tiles.nth(0).locator("[data-first]")).to_be_visible()
    tiles.nth(0).locator("textarea").fill("A red leaf on snow")
    expect(tiles.nth(0).locator(".counter")).to_have_text("9 / 150")
    assert_accessible(page)

    page.fill("#id_title", "三片红叶")
    expect(page.locator("[data-counter=id_title]")).to_have_text("4 / 20")
    publish(page)
    note = Note.objects.get()
    assert [picture.asset.ref for picture in note.pictures.select_related("asset")] == wanted
    assert note.pictures.first().alt == "A red leaf on snow"
    assert page.locator(".carousel img").count() == 3
    assert page.locator(".carousel img").first.get_attribute("alt") == "A red leaf on snow"
    assert_accessible(page)


def test_pictures_are_ordered_by_dragging(visit: Any, pictures: list[str]) -> None:
    page = visit(make_account("mei"))
    page.goto("/publish/")
    page.set_input_files("[name=new_pictures]", pictures)
    tiles = page.locator("[data-tiles] > li")
    expect(tiles).to_have_count(3)
    names = [tile.get_attribute("data-picture") for tile in tiles.all()]
    start, end = (tiles.nth(place).locator("[data-grip]").bounding_box() for place in (0, 2))
    page.mouse.move(start["x"] + 40, start["y"] + 40)
    page.mouse.down()
    page.mouse.move(end["x"] + 60, end["y"] + 60, steps=8)
    with page.expect_response("**/publish/save/") as saved:
        page.mouse.up()
    assert saved.value.ok
    assert [tile.get_attribute("data-picture") for tile in tiles.all()] == [
        names[1],
        names[2],
        names[0],
    ]


def touch(page: Any, start: dict[str, float], end: dict[str, float], *, hold: int) -> None:
    """Lay a finger on the middle of one box, wait, move it to another one's middle, lift it."""
    finger = page.context.new_cdp_session(page)
    points = [
        {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        for box in (start, end)
    ]

    def send(kind: str, *touched: dict[str, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(touched)})

    send("touchStart", points[0])
    page.wait_for_timeout(hold)
    for step in range(1, 9):
        share = step / 8
        send(
            "touchMove",
            {name: points[0][name] * (1 - share) + points[1][name] * share for name in ("x", "y")},
        )
        page.wait_for_timeout(20)
    send("touchEnd")


def test_a_resting_finger_lifts_a_picture_and_a_passing_one_scrolls(
    visit: Any, pictures: list[str]
) -> None:
    page = visit(make_account("mei"), viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto("/publish/")
    page.set_input_files("[name=new_pictures]", pictures)
    tiles = page.locator("[data-tiles] > li")
    expect(tiles).to_have_count(3)
    save_now(page)
    names = [tile.get_attribute("data-picture") for tile in tiles.all()]
    page.evaluate("document.querySelector('[data-tiles]').scrollIntoView()")
    boxes = [tile.locator("[data-grip]").bounding_box() for tile in tiles.all()]
    height = page.evaluate("scrollY")

    with page.expect_response("**/publish/save/") as saved:
        touch(page, boxes[0], boxes[2], hold=450)
    assert saved.value.ok
    wanted = [names[1], names[2], names[0]]
    assert [tile.get_attribute("data-picture") for tile in tiles.all()] == wanted
    assert page.evaluate("scrollY") == height, "the page stays while a picture is moved"
    expect(page.locator("[data-announce]")).to_have_text("Picture moved to place 3 of 3")
    expect(page.locator(".is-dragged")).to_have_count(0)

    touch(page, boxes[2], boxes[0], hold=0)
    page.wait_for_function("height => scrollY > height", arg=height)
    assert [tile.get_attribute("data-picture") for tile in tiles.all()] == wanted


def test_a_draft_survives_a_reload_and_a_lost_connection(visit: Any) -> None:
    page = visit(make_account("mei"))
    page.goto("/publish/?kind=words")
    page.fill("#id_title", "Half a thought")
    expect(page.locator("[data-save-state]")).to_contain_text("Saved", timeout=8000)
    page.wait_for_url(re.compile(r"/publish/\w{26}/$"))
    page.reload()
    assert page.locator("#id_title").input_value() == "Half a thought"

    page.context.set_offline(True)
    page.fill("#id_body", "typed without a connection")
    page.evaluate("() => { dispatchEvent(new Event('online')); }")
    expect(page.locator("[data-save-state]")).to_contain_text("no connection")
    page.context.set_offline(False)
    expect(page.locator("[data-save-state]")).to_contain_text("Saved", timeout=8000)
    assert Draft.objects.get().content["body"] == "typed without a connection"

    page.fill("#id_body", "typed just before the page went away")
    page.wait_for_timeout(600)  # less than a save takes, long enough for the browser's own copy
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error()); }")
    page.reload()
    expect(page.locator("#id_body")).to_have_value("typed just before the page went away")
    expect(page.locator("[data-restored]")).to_be_visible()


def test_two_windows_are_told_and_the_writer_decides(visit: Any) -> None:
    page = visit(make_account("mei"))
    page.goto("/publish/?kind=words")
    page.fill("#id_title", "Start")
    save_now(page)
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("#id_title", "From the other")
    save_now(other)
    page.fill("#id_title", "From the first")
    page.evaluate("() => { dispatchEvent(new Event('online')); }")
    expect(page.locator("[data-conflict]")).to_be_visible()
    assert Draft.objects.get().content["title"] == "From the other"
    page.locator("[data-keep-mine]").click()
    expect(page.locator("[data-save-state]")).to_contain_text("Saved")
    assert Draft.objects.get().content["title"] == "From the first"


def test_words_make_their_cover_and_names_are_suggested(visit: Any) -> None:
    grace, mei = make_account("grace"), make_account("mei")
    make_note(grace, body="#winter")
    page = visit(mei, color_scheme="dark")
    page.goto("/publish/")
    page.get_by_role("button", name="Words").click()
    page.fill("#id_title", "零下三十度")
    covers = page.locator(".cover-choice strong")
    assert covers.count() == 8
    assert set(covers.all_inner_texts()) == {"零下三十度"}
    page.get_by_role("radio", name="Night").check()
    page.locator("#id_body").press_sequentially("See #win")
    expect(page.locator("[data-suggestions] [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    page.locator("#id_body").press_sequentially("with @gra")
    expect(page.locator("[data-suggestions] [role=option]").first).to_contain_text("@grace")
    page.keyboard.press("Tab")
    expect(page.locator("#id_body")).to_have_value("See #winter with @grace ")
    assert_accessible(page)
    publish(page)
    note = Note.objects.get(author=mei)
    assert (note.cover_design, note.body) == ("night", "See #winter with @grace")
    assert page.locator(".note-words .words.night").is_visible()
    assert_accessible(page)


def test_a_long_note_has_headings_contents_and_a_preview(visit: Any, pictures: list[str]) -> None:
    make_account("grace")
    page = visit(make_account("mei"))
    page.goto("/publish/?kind=long")
    page.set_input_files("[name=new_pictures]", pictures[:2])
    expect(page.locator("[data-tiles] > li")).to_have_count(2)
    page.fill("#id_title", "My first tax return")
    page.fill("#id_body", LONG)
    page.locator("#id_body").press("Control+End")
    page.get_by_role("button", name="Picture", exact=True).click()
    assert "![[picture:1]]" in page.locator("#id_body").input_value()
    page.locator("[data-tiles] > li").nth(1).get_by_role("button", name="Move earlier").click()
    assert "![[picture:2]]" in page.locator("#id_body").input_value()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-preview-place] h2", has_text="How it went")).to_be_visible()
    expect(page.locator("[data-preview-place] img")).to_have_count(1)
    assert_accessible(page)
    page.get_by_role("button", name="Write", exact=True).click()
    publish(page)
    assert page.locator(".contents a").all_inner_texts() == [
        "What you need",
        "How it went",
        "The small print",
        "Afterwards",
    ]
    page.locator(".contents a", has_text="Afterwards").click()
    assert page.url.endswith("#part-4")
    assert_accessible(page)


def test_an_edit_shows_readers_what_changed(visit: Any) -> None:
    mei = make_account("mei")
    note = make_note(mei, title="Boots", body="Buy the red ones")
    page = visit(mei)
    page.goto(f"/note/{note.ref}/edit/")
    page.fill("#id_body", "Buy the blue ones")
    page.get_by_role("button", name="Save the change").click()
    page.wait_for_url(re.compile(rf"/note/{note.ref}/$"))
    page.get_by_role("link", name=re.compile("^Edited")).click()
    assert page.locator(".diff del").inner_text() == "red"
    assert page.locator(".diff ins").inner_text() == "blue"
    assert_accessible(page)


def test_a_refused_note_leads_to_its_errors(visit: Any) -> None:
    page = visit(make_account("mei"))
    page.goto("/publish/?kind=words")
    page.fill("#id_body", "Only words")
    page.locator("[data-publish]").click()
    alert = page.locator("[role=alert][data-focus]")
    expect(alert).to_be_focused()
    alert.get_by_role("link", name="Give your note a title.").click()
    expect(page.locator("#id_title")).to_be_focused()
    assert page.locator("#id_body").input_value() == "Only words"
    assert_accessible(page)


def test_a_reader_likes_and_passes_on(visit: Any) -> None:
    note = make_note(make_account("mei"))
    page = visit(make_account("grace"))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/note/{note.ref}/")
    page.locator(".marks [data-mark=helpful]").click()
    expect(page.locator(".marks [data-mark=helpful]")).to_have_attribute("aria-pressed", "true")
    page.locator("[data-share]").click()
    expect(page.locator(".toast")).to_contain_text("copied")
    expect(page.locator(".marks [data-mark=helpful] [data-count]")).to_have_text("1")
    page.wait_for_timeout(300)
    assert set(Mark.objects.values_list("kind", flat=True)) == {"helpful", "share"}


def test_the_page_counts_as_the_server_does(visit: Any) -> None:
    page = visit(make_account("mei"))
    texts = [
        *(
            "红叶",
            "abc",
            "a红b",
            "🍁",
            "👩‍👩‍👧‍👦",
            "👍🏽",
            "🇨🇦",
            "café",
            "cafe\u0301",
            "ＡＢ",
            "ｶﾅ",
            "①②",
        ),
        *(
            "…—“”",
            "。，！",
            "한글",
            "ไทย",
            "नमस्ते",
            "مرحبا",
            "½°±×",
            "☕⭐✂️",
            "🌡🖊🕹",
            "𠮷",
            "㍿",
            "→■☆",
        ),
    ]
    counted = page.evaluate(
        "async (texts) => { const { units } = await import('/static/web/counter.js');"
        " return texts.map(units); }",
        texts,
    )
    assert dict(zip(texts, counted, strict=True)) == {text: units(text) for text in texts}


def test_a_video_is_sent_prepared_captioned_and_published(visit: Any, tmp_path: Path) -> None:
    film, words = tmp_path / "film.mp4", tmp_path / "words.vtt"
    film.write_bytes(samples.video())
    words.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")
    page = visit(make_account("mei"), viewport=PHONE)
    page.goto("/publish/")
    page.get_by_role("button", name="Video").click()
    page.set_input_files("[name=new_video]", str(film))
    row = page.locator("[data-video-place] [data-video]")
    expect(row).to_contain_text("The video is being prepared.")
    worker = threading.Thread(target=lambda: (testing.run_due_jobs(), connections.close_all()))
    worker.start()
    worker.join()
    expect(row).to_contain_text("Ready")
    expect(row.locator("[data-poster] img")).to_be_visible()
    row.locator("[name=new_captions]").set_input_files(str(words))
    row.locator("[name=captions_language]").select_option("fr")
    row.get_by_role("button", name="Add captions").click()
    expect(row.locator("[data-captions]")).to_contain_text("fr")
    assert_accessible(page)
    page.fill("#id_title", "A film")
    publish(page)
    assert page.locator(".note-pictures video track[srclang=fr]").count() == 1
    assert_accessible(page)
