"""A browser without JavaScript: a newcomer joins, publishes, talks, keeps, follows and finds."""

import contextlib
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import expect

from redleaf.accounts.models import Account
from redleaf.accounts.tests.factories import PASSWORD
from redleaf.accounts.tests.test_sign_up import code_in
from redleaf.core import clock, events, testing
from redleaf.discovery.search import engine, writing
from redleaf.graph.models import Follow
from redleaf.notes.models import Comment, Note
from redleaf.notes.tests.factories import make_note, picture_file
from tests.browsing import PHONE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Any]


@pytest.fixture(autouse=True)
def _demo(settings: Any, live_server: Any) -> None:
    settings.EMAIL_BACKEND = "redleaf.accounts.mail.OutboxBackend"
    settings.REDLEAF_MAIL_OUTBOX = settings.REDLEAF_OUTBOX_PUBLIC = True
    settings.REDLEAF_PUBLIC_URL = live_server.url


def work() -> None:
    """Do what the worker would: mail, events, the search index; on a connection of its own."""

    def run() -> None:
        try:
            testing.run_due_jobs()
            events.deliver_due(limit=10_000)
            index = engine.current() or writing.rebuild()
            with contextlib.closing(engine.writer(index)) as writer:
                while writing.write_due(writer):
                    pass
            engine.forget_reader()
        finally:
            connections.close_all()

    worker = threading.Thread(target=run)
    worker.start()
    worker.join()


def press(page: Any, name: str, *, exact: bool = True) -> None:
    page.get_by_role("button", name=name, exact=exact).first.click()


def join(page: Any, name: str = "Newcomer", handle: str = "newcomer") -> None:
    """Sign up with the code from the outbox page, and leave the last step."""
    page.goto("/")
    page.get_by_role("link", name="Sign in").first.click()
    page.locator("main").get_by_role("link", name="Sign up").first.click()
    page.locator("#id_display_name").fill(name)
    page.locator("#id_username").fill(handle)
    page.locator("#id_email").fill(f"{handle}@example.net")
    page.locator("#id_password1").fill(PASSWORD)
    page.get_by_text("18 or older").click()
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_url("**/account/confirm-email/")
    work()
    outbox = page.context.new_page()
    outbox.goto("/outbox/")
    outbox.locator("a.mail-line").first.click()
    code = code_in(outbox.locator(".mail-text").inner_text())
    outbox.close()
    page.locator("#id_code").fill(code)
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_url("**/welcome/")
    press(page, "Done")
    page.wait_for_url("**/")


def test_a_newcomers_first_hour(visit: Visit, cast: SimpleNamespace, tmp_path: Path) -> None:
    others = make_note(cast.lin, title="Kettle that lasts", body="Ten years of #tea", pictures=2)
    work()
    page = visit(viewport=PHONE, java_script_enabled=False)
    join(page)
    newcomer = Account.objects.get(handle="newcomer")

    # Publish a note with a picture.
    page.get_by_role("link", name="Share", exact=True).click()
    paths = [tmp_path / f"{number}.jpg" for number in range(2)]
    for number, path in enumerate(paths):
        path.write_bytes(picture_file(number).getvalue())
    press(page, "Pictures")
    page.locator("input[name=new_pictures]").set_input_files([str(path) for path in paths])
    press(page, "Add the chosen pictures")
    page.locator("textarea[data-alt]").first.fill("A pot on a sill")
    page.locator("button[aria-label='Make it the cover']").nth(1).click()
    page.get_by_label("Title").fill("Tea in the morning")
    page.get_by_label("Text", exact=True).fill("Slowly. #tea")
    press(page, "Publish")
    page.wait_for_url("**/note/**")
    expect(page.locator("h1")).to_have_text("Tea in the morning")
    own = Note.objects.get(author=newcomer)
    alts = [row.alt for row in own.pictures.order_by("position")]
    assert alts == ["", "A pot on a sill"], "the second became the cover"
    for picture in page.locator(".note img").all()[:2]:
        assert picture.evaluate("img => img.complete && img.naturalWidth") > 0

    # Find another's note, and read it.
    work()
    page.get_by_role("searchbox").fill("kettle")
    press(page, "Search")
    page.get_by_role("link", name="Kettle that lasts").first.click()
    assert others.ref in page.url
    expect(page.locator("main")).to_contain_text("Ten years of")

    # Comment, answer, like, save on a board, follow.
    page.locator("textarea[name=body]").first.fill("Which one is it?")
    press(page, "Post")
    expect(page.locator("#comments, main")).to_contain_text(["Which one is it?"])
    comment = Comment.objects.get(author=newcomer)
    page.locator(f"#comment-{comment.ref}").get_by_role("link", name="Reply").click()
    page.locator("textarea[name=body]").first.fill("Found it, thanks")
    press(page, "Post")
    assert Comment.objects.filter(parent=comment).count() == 1
    for name, kind in (("Like", "like"), ("Helpful", "helpful"), ("Save", "save")):
        page.locator(f".marks button[data-mark={kind}]").click()
        button = page.locator(f".marks button[data-mark={kind}]")
        expect(button, name).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Choose a board").click()
    page.get_by_label("Name of the new board").fill("For the kitchen")
    page.locator("main .board-choice").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main h1")).to_have_text("Kettle that lasts")
    page.locator(".note a[href='/@lin']").first.click()
    press(page, "Follow")
    expect(page.get_by_role("button", name="Following")).to_be_visible()
    assert Follow.objects.filter(follower=newcomer, followed=cast.lin).count() == 1

    # What was kept is there, and Lin hears of it all.
    page.get_by_role("link", name="Me", exact=True).click()
    page.get_by_role("link", name="Saved").first.click()
    expect(page.get_by_role("link", name="Kettle that lasts").first).to_be_visible()
    page.goto("/boards/")
    page.get_by_role("link", name="For the kitchen").first.click()
    expect(page.get_by_role("link", name="Kettle that lasts").first).to_be_visible()
    page.goto("/following/")
    expect(page.get_by_role("link", name="Kettle that lasts").first).to_be_visible()
    work()
    theirs = visit(cast.lin, viewport=PHONE, java_script_enabled=False)
    theirs.goto("/inbox/")
    expect(theirs.locator("main")).to_contain_text("Newcomer")


def test_language_and_theme_are_chosen_and_stay(visit: Visit, cast: SimpleNamespace) -> None:
    note = make_note(cast.mei, title="秋天的茶", language="zh-hans")
    page = visit(viewport=PHONE, java_script_enabled=False)
    page.goto(f"/note/{note.ref}/")
    press(page, "简体中文")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert note.ref in page.url, "on the same page"
    press(page, "深色")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.locator("a.brand").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    press(page, "English")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_draft_is_kept_and_scheduled(visit: Visit, cast: SimpleNamespace) -> None:
    page = visit(cast.grace, viewport=PHONE, java_script_enabled=False)
    page.goto("/publish/")
    press(page, "Words")
    page.get_by_label("Title").fill("Half a thought")
    press(page, "Save draft")
    page.wait_for_url("**/publish/*/")
    page.goto("/drafts/")
    page.get_by_role("link", name="Half a thought").first.click()
    expect(page.get_by_label("Title")).to_have_value("Half a thought")
    page.locator("details.choices-more summary").click()
    soon = clock.now().astimezone(cast.grace.zone) + timedelta(days=3)
    page.get_by_label("Publish later").fill(f"{soon:%Y-%m-%dT%H:%M}")
    press(page, "Publish")
    assert Note.objects.get(author=cast.grace).state == "scheduled"
    page.goto("/drafts/")
    expect(page.locator("main")).to_contain_text("Half a thought")


def test_a_refused_form_keeps_what_was_typed(visit: Visit, cast: SimpleNamespace) -> None:
    page = visit(cast.grace, viewport=PHONE, java_script_enabled=False)
    page.goto("/publish/")
    press(page, "Words")
    page.get_by_label("Title").fill("A title that is far too long for a card " * 4)
    page.get_by_label("Text", exact=True).fill("And a text that took an hour.")
    press(page, "Publish")
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_label("Text", exact=True)).to_have_value("And a text that took an hour.")
    page.get_by_label("Title").fill("Shorter")
    page.get_by_role("button", name="Publish", exact=True).dblclick()
    page.wait_for_url("**/note/**")
    expect(page.locator("h1")).to_have_text("Shorter")
    assert Note.objects.filter(author=cast.grace).count() == 1, "a double click makes no second"


def test_a_portrait_is_given_and_taken_away(
    visit: Visit, cast: SimpleNamespace, tmp_path: Path
) -> None:
    page = visit(cast.grace, viewport=PHONE, java_script_enabled=False)
    portrait = tmp_path / "me.jpg"
    portrait.write_bytes(picture_file(4).getvalue())
    page.goto("/settings/profile/")
    page.get_by_label("Picture", exact=False).first.set_input_files(str(portrait))
    press(page, "Save")
    assert page.url.endswith("/settings/profile/")
    cast.grace.refresh_from_db()
    assert cast.grace.avatar
    page.get_by_label("Remove my picture").check()
    press(page, "Save")
    cast.grace.refresh_from_db()
    assert not cast.grace.avatar
