"""The real browser of the tests, and what is true of every page that they open in it."""

import os
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 800}
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser for the tests of one file. A missing one fails them: a skipped test says nothing.

    For one file and no longer: Playwright keeps an event loop in this thread, which others need.
    """
    from playwright.sync_api import sync_playwright

    from redleaf.ops.checks import browser

    found = browser.find()
    assert found is not None, "there is no browser; ./redleaf test gets one"
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(found), args=ARGUMENTS)
        yield started
        started.close()
    if before is None:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def watched() -> Iterator[Callable[[Any, str], Any]]:
    """Return what lets a page fail its test: by a script's error, a broken policy, another host."""
    problems: list[str] = []

    def watch(page: Any, host: str) -> Any:
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: _hear(message.text, problems))
        page.on("request", lambda request: _see(request.url, host, problems))
        return page

    yield watch
    assert problems == []


def _hear(text: str, problems: list[str]) -> None:
    if "Content Security" in text:
        problems.append(text)


def _see(url: str, host: str, problems: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme in {"http", "https"} and parts.hostname not in {host, "localhost"}:
        problems.append(f"the page asked another host: {url}")


@pytest.fixture
def visit(
    chromium: Any, live_server: Any, settings: Any, watched: Callable[[Any, str], Any]
) -> Iterator[Callable[..., Any]]:
    """Return what opens a page of its own browser window, signed in as a member or as nobody.

    Options are Playwright's for a context: viewport (PHONE, WIDE), color_scheme, locale, …
    """
    settings.ACCOUNT_RATE_LIMITS = False
    contexts: list[Any] = []

    def open_page(account: Any = None, **options: Any) -> Any:
        options = {"locale": "en-CA", "viewport": WIDE, **options}
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        page = watched(context.new_page(), str(urlsplit(live_server.url).hostname))
        if account is not None:
            sign_in(page, account)
        return page

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page: Any, account: Any) -> None:
    """Sign in by the form, as the member of the cast whose password all tests know."""
    from redleaf.accounts.tests.factories import PASSWORD

    page.goto("/account/login/")
    page.fill("#id_login", account.handle)
    page.fill("#id_password", PASSWORD)
    page.locator("main form.form button[type=submit]").first.click()
    page.wait_for_url("**/")


def assert_accessible(page: Any) -> None:
    """Let axe look at the page: nothing serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    found = [
        (item["id"], [node["html"][:160] for node in item["nodes"][:3]])
        for item in Axe().run(page).response["violations"]
        if item["impact"] in {"serious", "critical"}
    ]
    assert found == []
