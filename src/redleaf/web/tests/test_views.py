"""Language and theme by a plain form, designed refusals, and what makes the product installable."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.db import OperationalError
from django.test import Client, RequestFactory
from PIL import Image

from redleaf.core.errors import Conflict, Denied, Invalid, NotFound, TooMany
from redleaf.web import views

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Client]
LANGUAGE = django_settings.LANGUAGE_COOKIE_NAME


# --- Language and theme ------------------------------------------------------------------------
def test_a_visitor_chooses_a_language_and_comes_back_to_the_page() -> None:
    browser = Client()
    answer = browser.post("/language/", {"language": "fr", "next": "/search/?q=caf%C3%A9"})
    assert (answer.status_code, answer.url) == (303, "/search/?q=caf%C3%A9")
    assert answer.cookies[LANGUAGE].value == "fr" and answer.cookies[LANGUAGE]["samesite"] == "Lax"
    assert browser.get("/offline/")["Content-Language"] == "fr"


def test_a_members_language_is_kept_in_the_account(mei: Any, client_for: ClientFor) -> None:
    client_for(mei).post("/language/", {"language": "zh-hant"})
    mei.refresh_from_db()
    assert mei.language == "zh-hant"


@pytest.mark.parametrize(
    ("next_page", "leads_to"),
    [
        ("/?lang=en", "/"),
        ("/search/?q=a&lang=en", "/search/?q=a"),
        ("/search/?lang=en&q=a", "/search/?q=a"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_it_leads_back_within_the_site_and_to_the_language_just_chosen(
    next_page: str, leads_to: str
) -> None:
    answer = Client().post("/language/", {"language": "fr", "next": next_page})
    assert answer.url == leads_to


@pytest.mark.parametrize("chosen", ["", "tlh", "\x00", "en\r\nSet-Cookie: a=b"])
def test_a_choice_that_is_none_changes_nothing(
    mei: Any, client_for: ClientFor, chosen: str
) -> None:
    browser = client_for(mei)
    for path, field in (("/language/", "language"), ("/theme/", "theme")):
        answer = browser.post(path, {field: chosen})
        assert answer.status_code == 303 and not answer.cookies
    mei.refresh_from_db()
    assert (mei.language, mei.theme) == ("zh-hans", "auto")


def test_a_theme_is_kept_and_stands_on_the_page(mei: Any, client_for: ClientFor) -> None:
    browser = client_for(mei)
    browser.post("/theme/", {"theme": "dark"})
    mei.refresh_from_db()
    assert mei.theme == "dark"
    assert b'data-theme="dark"' in browser.get("/offline/").content
    visitor = Client()
    visitor.post("/theme/", {"theme": "light"})
    assert b'data-theme="light"' in visitor.get("/offline/").content
    visitor.cookies["redleaf_theme"] = "neon"
    assert b'data-theme="auto"' in visitor.get("/offline/").content


@pytest.mark.parametrize("path", ["/language/", "/theme/"])
def test_a_choice_needs_a_post_with_the_forms_token(path: str) -> None:
    assert Client().get(path).status_code == 405
    answer = Client(enforce_csrf_checks=True).post(path, {"language": "fr", "theme": "dark"})
    assert answer.status_code == 403 and not answer.cookies.get(LANGUAGE)
    assert b"web/tokens.css" in answer.content and b"<h1>" in answer.content


# --- Refusals ----------------------------------------------------------------------------------
REFUSALS = [
    (NotFound(), 404),
    (Denied("no", "Only the author may do this."), 403),
    (Invalid("no", "Write a title."), 422),
    (Conflict("no", "Somebody was faster."), 409),
    (TooMany("Wait a little.", retry_after=30), 429),
]


def asked(**headers: str) -> Any:
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.messages.storage.cookie import CookieStorage

    request = RequestFactory().get("/note/", headers=headers)
    request.user = AnonymousUser()
    request._messages = CookieStorage(request)  # type: ignore[attr-defined] # as the middleware does
    return request


@pytest.mark.parametrize(("refusal", "status"), REFUSALS)
def test_a_refusal_is_a_page_with_a_next_step(refusal: Any, status: int) -> None:
    answer = views.refused(asked(), refusal)
    page = answer.content.decode()
    assert answer.status_code == status and answer["Cache-Control"] == "no-store"
    assert page.count("<h1>") == 1 and 'href="/"' in page
    assert (str(refusal.message) or "It may have been deleted") in page


@pytest.mark.parametrize(("refusal", "status"), REFUSALS)
def test_htmx_and_programs_get_the_words_alone(refusal: Any, status: int) -> None:
    fragment = views.refused(asked(**{"HX-Request": "true"}), refusal)
    assert fragment.status_code == status and b"<" not in fragment.content
    assert fragment["HX-Reswap"] == "none" and fragment["Content-Type"].startswith("text/plain")
    answer = views.refused(asked(Accept="application/json"), refusal)
    assert json.loads(answer.content)["error"]["code"] == refusal.code


def test_a_pause_says_how_long() -> None:
    assert views.refused(asked(), TooMany("Wait.", retry_after=30))["Retry-After"] == "30"


def test_what_does_not_exist_is_a_page_in_the_readers_language() -> None:
    answer = Client(headers={"Accept-Language": "fr"}).get("/nothing/")
    assert answer.status_code == 404 and b'<html lang="fr"' in answer.content


def test_our_own_failure_is_told_without_the_database(
    django_assert_num_queries: Any, mei: Any
) -> None:
    with django_assert_num_queries(0):
        answer = views.server_error(asked())
    assert answer.status_code == 500 and b"<h1>" in answer.content
    assert b"Traceback" not in answer.content


def test_a_crash_in_a_view_is_the_designed_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any, **_options: Any) -> None:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr("redleaf.web.views.render", broken)
    answer = Client(raise_request_exception=False).get("/style/")
    assert answer.status_code == 500
    assert b"a secret" not in answer.content and b"web/tokens.css" in answer.content


# --- Installable -------------------------------------------------------------------------------
@pytest.mark.parametrize(("language", "name"), [("en", "Redleaf"), ("zh-hant", "紅葉")])
def test_the_manifest_speaks_the_readers_language(language: str, name: str) -> None:
    answer = Client().get(f"/manifest.webmanifest?lang={language}")
    content = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert content["name"] == name and content["display"] == "standalone"
    assert Client().get(content["start_url"]).status_code == 200


def test_the_icons_are_pictures_of_the_sizes_that_the_manifest_says() -> None:
    icons = Client().get("/manifest.webmanifest").json()["icons"]
    assert {icon.get("purpose", "any") for icon in icons} == {"any", "maskable"}
    for icon in icons:
        path = finders.find(icon["src"].removeprefix("/static/"))
        assert isinstance(path, str)
        with Image.open(path) as picture:
            picture.verify()
            assert picture.format == "PNG"
            assert "x".join(map(str, picture.size)) == icon["sizes"]


def test_a_maskable_icon_is_filled_to_its_corners() -> None:
    path = finders.find("web/icon-maskable-512.png")
    assert isinstance(path, str)
    with Image.open(path) as picture:
        corners = [picture.convert("RGBA").getpixel(at) for at in ((0, 0), (511, 511), (0, 511))]
    assert all(corner == (184, 21, 43, 255) for corner in corners)


def test_the_service_worker_looks_after_the_whole_site_and_knows_files_that_exist() -> None:
    answer = Client().get("/service-worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Service-Worker-Allowed"] == "/" and answer["Cache-Control"] == "no-cache"
    listed = json.loads(re.search(r"ADDRESSES = (\[.*?\]);", answer.content.decode())[1])  # type: ignore[index] # it is there
    for address in listed:
        if address.startswith("/static/"):
            assert finders.find(address.removeprefix("/static/")), address
        else:
            assert Client().get(address).status_code == 200


def test_another_language_is_another_shell() -> None:
    one = Client().get("/service-worker.js?lang=en").content
    assert one != Client().get("/service-worker.js?lang=fr").content
    assert one == Client().get("/service-worker.js?lang=en").content


def test_the_offline_page_is_nobodys_and_says_so() -> None:
    page = Client().get("/offline/").content.decode()
    assert 'data-reader=""' in page and "is-offline" in page and "data-offline-notes" in page


# --- The style page ----------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["en", "fr", "zh-hans", "zh-hant"])
def test_the_style_page_shows_both_themes_and_four_languages(language: str) -> None:
    page = Client().get(f"/style/?lang={language}").content.decode()
    for theme in ("light", "dark"):
        assert f'class="theme-sample" data-theme="{theme}"' in page
    for tag in ("en", "fr", "zh-Hans", "zh-Hant"):
        assert f'<article class="panel stack" lang="{tag}">' in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids)), "an id is there once"


def test_the_style_page_shows_every_component() -> None:
    from redleaf.config.settings import SOURCE

    templates = SOURCE / "web" / "templates" / "web"
    components = (templates / "components.html").read_text(encoding="utf-8")
    shown = "".join(
        (templates / name).read_text(encoding="utf-8")
        for name in ("_style.html", "style.html", "base.html")
    )
    inside = {"counter", "link_button"}  # parts of those that are shown
    names = set(re.findall(r"{% macro (\w+)\(", components)) - inside
    # A Django form, a list of cards and a video need more than a sample; their looks are shown.
    names -= {"field", "masonry", "more", "video", "person_row", "tabs"}
    missing = {name for name in names if f"ui.{name}(" not in shown}
    assert missing == set()


def test_the_shells_static_files_are_small() -> None:
    page = Client().get("/").content.decode()
    files = set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', page))
    modules = {"web/shell.js"}
    seen: set[str] = set()
    while modules:
        name = modules.pop()
        seen.add(name)
        path = finders.find(name)
        assert isinstance(path, str)
        text = Path(path).read_text(encoding="utf-8")
        folder = name.rpartition("/")[0]
        modules |= {f"{folder}/{part}" for part in re.findall(r'from "\./([\w.]+)"', text)} - seen
    total = 0
    for name in files | seen | {"web/icons.svg"}:
        path = finders.find(name)
        assert isinstance(path, str), name
        total += Path(path).stat().st_size
    assert 20_000 < total < 150_000, f"{total} bytes before any compression"


def test_while_the_database_starts_again_a_page_says_so() -> None:
    try:
        raise OperationalError("the connection is closed")
    except OperationalError:
        answer = views.server_error(RequestFactory().get("/"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
