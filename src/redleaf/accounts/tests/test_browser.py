"""Journeys in a real browser: a member's first hour, and passkeys with a virtual authenticator."""

import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from redleaf.accounts.models import Account
from redleaf.accounts.tests.factories import PASSWORD, make_account
from redleaf.accounts.tests.test_sign_up import code_in
from redleaf.accounts.tests.test_two_step import current_code
from redleaf.core import testing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser, pytest.mark.slow]

NEW = "eleven grey geese fly"


@pytest.fixture
def server(live_server: Any, settings: Any) -> str:
    """Return the address of a running server: by name, because passkeys need one."""
    settings.EMAIL_BACKEND = "redleaf.accounts.mail.OutboxBackend"
    settings.REDLEAF_MAIL_OUTBOX = settings.REDLEAF_OUTBOX_PUBLIC = True
    settings.ACCOUNT_RATE_LIMITS = False
    settings.REDLEAF_PUBLIC_URL = str(live_server.url).replace("127.0.0.1", "localhost")
    return str(settings.REDLEAF_PUBLIC_URL)


@pytest.fixture
def page(chromium: Any, watched: Callable[[Any, str], Any]) -> Iterator[Any]:
    context = chromium.new_context(locale="en-CA")
    yield watched(context.new_page(), "localhost")
    context.close()


def carry_mail() -> None:
    """Run the mail job as the worker would, on a connection of its own."""

    def run() -> None:
        testing.run_due_jobs()
        connections.close_all()

    worker = threading.Thread(target=run)
    worker.start()
    worker.join()


def newest_mail(page: Any, server: str) -> str:
    carry_mail()
    page.goto(f"{server}/outbox/")
    page.locator("a.mail-line").first.click()
    return str(page.locator(".mail-text").inner_text())


def submit(page: Any, holding: str = "") -> None:
    """Send the page's form, that which holds a field, and wait for the answer of any address."""
    form = page.locator("main form.form")
    with page.expect_navigation():
        (form.filter(has=page.locator(holding)) if holding else form).locator(
            "button[type=submit]"
        ).first.click()


def test_a_members_first_hour(page: Any, server: str, chromium: Any) -> None:
    """Sign up, settings, revoke a session, reset by mail from the outbox page, authenticator."""
    page.goto(f"{server}/account/signup/")
    page.fill("#id_display_name", "Grace Li")
    expect(page.locator("#id_username")).to_have_value("grace_li")
    page.fill("#id_email", "grace@example.org")
    page.fill("#id_password1", PASSWORD)
    page.check("input[value='18_plus']")
    submit(page)
    page.wait_for_url("**/account/confirm-email/")
    code = code_in(newest_mail(page, server))
    page.goto(f"{server}/account/confirm-email/")
    page.fill("#id_code", code)
    submit(page)
    page.wait_for_url("**/welcome/")
    page.get_by_text("Coffee & tea").click()
    page.get_by_role("button", name="Done").click()
    page.wait_for_load_state()
    assert Account.objects.get().interests == ["coffee"]

    page.goto(f"{server}/settings/profile/")
    page.fill("#id_bio", "一杯热茶")
    submit(page, holding="#id_bio")
    page.wait_for_url("**/settings/profile/")
    assert Account.objects.get().bio == "一杯热茶"

    elsewhere = chromium.new_context().new_page()
    elsewhere.goto(f"{server}/account/login/")
    elsewhere.fill("#id_login", "grace_li")
    elsewhere.fill("#id_password", PASSWORD)
    submit(elsewhere)
    elsewhere.wait_for_load_state()
    page.goto(f"{server}/account/sessions/")
    page.get_by_role("button", name=re.compile("^Sign out Chrome")).click()
    page.wait_for_load_state()
    elsewhere.goto(f"{server}/settings/")
    assert "/account/login/" in elsewhere.url

    elsewhere.get_by_role("link", name="Forgot your password?").click()
    elsewhere.fill("#id_email", "grace@example.org")
    submit(elsewhere)
    elsewhere.wait_for_url("**/password/reset/done/")
    newest_mail(elsewhere, server)
    elsewhere.locator(".mail-text a[href*='/password/reset/key/']").click()
    elsewhere.fill("#id_password1", NEW)
    submit(elsewhere)
    elsewhere.wait_for_url("**/key/done/")

    page.goto(f"{server}/settings/")
    assert "/account/login/" in page.url, "a reset signs out everywhere"
    page.fill("#id_login", "grace@example.org")
    page.fill("#id_password", NEW)
    submit(page)
    page.wait_for_url("**/settings/")
    page.goto(f"{server}/account/2fa/totp/activate/")
    page.fill("#id_password", NEW)
    submit(page)
    page.wait_for_url("**/totp/activate/")
    page.get_by_text("Cannot scan?").click()
    secret = page.locator("#totp-secret").inner_text()
    page.fill("#id_code", current_code(secret))
    page.get_by_role("button", name="Switch on").click()
    page.wait_for_url("**/recovery-codes/")
    recovery = page.locator("#codes code").first.inner_text()

    page.context.clear_cookies()
    page.goto(f"{server}/account/login/")
    page.fill("#id_login", "grace_li")
    page.fill("#id_password", NEW)
    submit(page)
    page.wait_for_url("**/2fa/authenticate/")
    page.fill("#id_code", recovery)
    submit(page)
    page.wait_for_load_state()
    page.goto(f"{server}/settings/")
    assert page.url.endswith("/settings/")


def add_authenticator(page: Any) -> Any:
    """Give the browser a device with a screen lock, as the DevTools protocol offers it."""
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    client.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return client


def sign_up_by_passkey(page: Any, server: str) -> None:
    """Sign up as @meimei with a passkey alone."""
    add_authenticator(page)
    page.goto(f"{server}/account/signup/passkey/")
    page.fill("#id_display_name", "美美")
    page.fill("#id_username", "meimei")
    page.fill("#id_email", "mei@example.org")
    page.check("input[value='18_plus']")
    submit(page)
    page.wait_for_url("**/account/confirm-email/")
    code = code_in(newest_mail(page, server))
    page.goto(f"{server}/account/confirm-email/")
    page.fill("#id_code", code)
    submit(page)
    page.wait_for_url("**/2fa/webauthn/signup/")
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url("**/welcome/")


def test_sign_up_and_sign_in_with_a_passkey(page: Any, server: str) -> None:
    sign_up_by_passkey(page, server)
    mei = Account.objects.get()
    assert mei.handle == "meimei" and not mei.has_usable_password()

    page.goto(f"{server}/account/logout/")
    submit(page)
    page.wait_for_load_state()
    page.goto(f"{server}/account/login/?next=/settings/profile/")
    # Where the browser offers passkeys in the field, the virtual one answers by itself.
    try:
        page.wait_for_url("**/settings/profile/", timeout=4000)
    except PlaywrightTimeout:
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url("**/settings/profile/")
    assert page.locator("#id_display_name").input_value() == "美美"


def test_a_passkey_that_was_removed_is_refused_once_and_in_words(page: Any, server: str) -> None:
    sign_up_by_passkey(page, server)
    Authenticator.objects.all().delete()
    page.context.clear_cookies()
    page.goto(f"{server}/account/login/")
    words = page.get_by_text("That passkey does not sign in here")
    try:  # where the browser offers passkeys in the field, the virtual one answers by itself
        words.wait_for(timeout=4000)
    except PlaywrightTimeout:
        page.get_by_role("button", name="Sign in with a passkey").click()
        words.wait_for()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(1000)
    assert not [url for url in asked if "webauthn/login" in url], "it waits to be asked"
    page.fill("#id_login", "mei@example.org")


def test_a_passkey_is_added_renamed_and_removed(page: Any, server: str) -> None:
    make_account("mei")
    add_authenticator(page)
    page.goto(f"{server}/account/login/?next=/account/2fa/webauthn/add/")
    page.fill("#id_login", "mei")
    page.fill("#id_password", PASSWORD)
    submit(page)
    page.wait_for_url("**/account/reauthenticate/**")
    page.fill("#id_password", PASSWORD)
    submit(page)
    page.wait_for_url("**/2fa/webauthn/add/")
    page.fill("#id_name", "My phone")
    page.get_by_role("button", name="Make a passkey").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{server}/account/2fa/webauthn/")
    page.get_by_role("link", name="Rename My phone").click()
    page.fill("#id_name", "Old phone")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove Old phone").click()
    page.get_by_role("button", name="Remove").click()
    page.wait_for_url("**/2fa/webauthn/")
    assert "No passkey yet." in page.content()
