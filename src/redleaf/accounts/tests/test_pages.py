"""Every address of sign-in and settings has our look, in every language, and no stock page."""

import re
from pathlib import Path

import allauth
import pytest
from allauth import urls as allauth_urls
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLPattern, URLResolver

from redleaf.accounts.tests.factories import make_account, sign_in
from redleaf.accounts.tests.test_sign_up import FIELDS
from redleaf.accounts.tests.test_two_step import begin_sign_in, switch_on
from redleaf.core import ids

pytestmark = pytest.mark.django_db

TEMPLATES = Path(__file__).parent.parent / "templates"


def names(patterns: list[URLPattern | URLResolver]) -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= names(pattern.url_patterns)
        else:
            found.add(str(pattern.name))
    return found


def is_ours(page: bytes) -> bool:
    text = page.decode()
    return ("web/tokens.css" in text and "Menu:" not in text and 'class="entrance"' in text) or (
        "settings-area" in text
    )


VISITED = {
    "account_login": "/account/login/",
    "account_signup": "/account/signup/",
    "account_signup_by_passkey": "/account/signup/passkey/",
    "account_reset_password": "/account/password/reset/",
    "account_reset_password_done": "/account/password/reset/done/",
    "account_reset_password_from_key": "/account/password/reset/key/0-x-y/",
    "account_reset_password_from_key_done": "/account/password/reset/key/done/",
    "account_request_login_code": "/account/login/code/",
    "account_inactive": "/account/inactive/",
}
VISITED_BY_MEMBERS = {
    "account_logout": "/account/logout/",
    "account_reauthenticate": "/account/reauthenticate/",
    "account_email": "/account/email/",
    "account_change_password": "/account/password/change/",
    "mfa_index": "/account/2fa/",
    "mfa_activate_totp": "/account/2fa/totp/activate/",
    "mfa_list_webauthn": "/account/2fa/webauthn/",
    "mfa_add_webauthn": "/account/2fa/webauthn/add/",
    "usersessions_list": "/account/sessions/",
}
# Visited by tests of their own below, or with nothing to see.
ELSEWHERE = {
    "account_email_verification_sent",
    "account_confirm_login_code",
    "account_set_password",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_login_webauthn",
    "mfa_signup_webauthn",
}


def test_no_address_of_allauth_is_forgotten() -> None:
    known = set(VISITED) | set(VISITED_BY_MEMBERS) | ELSEWHERE
    assert names(allauth_urls.urlpatterns) == known


def test_every_template_that_a_view_of_ours_can_reach_is_ours() -> None:
    root = Path(allauth.__file__).parent
    used: set[str] = set()
    for source in root.glob("**/views.py"):
        if source.parts[len(root.parts)] in {"account", "mfa", "usersessions"}:
            used |= set(
                re.findall(r"\"((?:account|mfa|usersessions)/[\w/]+)\.", source.read_text())
            )
    by_link_or_phone = {
        "account/email_change", "account/email_confirm", "account/verification_sent",
        "account/confirm_password_reset_code", "account/confirm_phone_verification_code",
        "account/phone_change", "mfa/trust",
    }  # fmt: skip
    missing = {
        name
        for name in used - by_link_or_phone
        if not any((TEMPLATES / f"{name}.{ext}").exists() for ext in ("html", "txt"))
    }
    assert {name for name in missing if "/messages/" not in name} == set()


@pytest.mark.parametrize("name", VISITED)
def test_the_page_has_our_look(name: str) -> None:
    answer = Client().get(VISITED[name])
    assert answer.status_code == 200 and is_ours(answer.content)


@pytest.mark.parametrize("name", VISITED_BY_MEMBERS)
def test_a_members_page_has_our_look(name: str) -> None:
    answer = sign_in(make_account("mei"), fresh=True).get(VISITED_BY_MEMBERS[name])
    assert answer.status_code == 200 and is_ours(answer.content)


def test_the_pages_of_the_second_step_have_our_look() -> None:
    mei = make_account("mei")
    browser = sign_in(mei, fresh=True)
    switch_on(browser)
    for address in (
        "/account/2fa/",
        "/account/2fa/totp/deactivate/",
        "/account/2fa/recovery-codes/",
        "/account/2fa/recovery-codes/generate/",
        "/account/2fa/reauthenticate/",
    ):
        answer = browser.get(address)
        assert answer.status_code == 200 and is_ours(answer.content), address
    assert is_ours(begin_sign_in().get("/account/2fa/authenticate/").content)


def test_the_pages_of_one_passkey_have_our_look() -> None:
    mei = make_account("mei")
    browser = sign_in(mei, fresh=True)
    key = Authenticator.objects.create(
        user=mei, type="webauthn", data={"name": "<b>My phone</b>", "credential": {}}
    )
    for address in (
        "/account/2fa/webauthn/",
        *(f"/account/2fa/webauthn/{ids.seal(key.pk)}/{act}/" for act in ("rename", "remove")),
    ):
        answer = browser.get(address)
        assert answer.status_code == 200 and is_ours(answer.content), address
        assert "<b>My phone" not in answer.content.decode()


def test_the_pages_that_wait_for_a_code_have_our_look() -> None:
    browser = Client()
    browser.post("/account/signup/", FIELDS)
    assert is_ours(browser.get("/account/confirm-email/").content)
    other = Client()
    other.post("/account/login/code/", {"email": "grace@example.org"})
    assert is_ours(other.get("/account/login/code/confirm/").content)


def test_setting_a_first_password_has_our_look() -> None:
    browser = Client()
    browser.force_login(make_account("mei", password=None))
    assert is_ours(browser.get("/account/password/set/").content)


def test_too_many_requests_has_our_look() -> None:
    browser = sign_in(make_account("mei"))
    for _ in range(11):
        answer = browser.post("/account/reauthenticate/", {"password": "a guess"})
    assert answer.status_code == 429 and "web/tokens.css" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    ["/settings/", "/settings/profile/", "/settings/appearance/", "/settings/close/", "/welcome/"],
)
def test_settings_ask_strangers_to_sign_in_and_come_back(address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code == 302 and address.replace("/", "%2F") in answer.url) or (
        f"next={address}" in answer.url
    )


@pytest.mark.parametrize("language", ["en", "fr", "zh-hans", "zh-hant"])
def test_settings_open_in_every_language(language: str) -> None:
    browser = sign_in(make_account("mei", language=language), fresh=True)
    for address in (
        "/settings/",
        "/settings/profile/",
        "/settings/appearance/",
        "/settings/close/",
    ):
        assert browser.get(address).status_code == 200


def test_pages_carry_no_inline_script_and_no_other_host() -> None:
    browser = sign_in(make_account("mei"), fresh=True)
    pages = [Client().get(address) for address in VISITED.values()]
    pages += [browser.get(address) for address in VISITED_BY_MEMBERS.values()]
    for page in pages:
        text = page.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text)
        assert not re.search(r"\son[a-z]+=", text)
        assert not re.search(r"(?:src|href)=\"https?://", text)


def test_choosing_a_language_changes_the_pages() -> None:
    mei = make_account("mei")
    browser = sign_in(mei)
    browser.post(
        "/settings/appearance/",
        {"language": "fr", "time_zone": "America/Montreal", "theme": "dark"},
    )
    mei.refresh_from_db()
    assert (mei.language, mei.time_zone, mei.theme) == ("fr", "America/Montreal", "dark")
    assert 'lang="fr"' in browser.get("/settings/").content.decode()


def test_a_time_zone_may_be_typed_with_spaces() -> None:
    mei = make_account("mei")
    sign_in(mei).post(
        "/settings/appearance/",
        {"language": "en", "time_zone": "America/St Johns", "theme": "auto"},
    )
    mei.refresh_from_db()
    assert mei.time_zone == "America/St_Johns"


def test_the_handle_can_be_changed_by_its_form() -> None:
    mei = make_account("mei")
    browser = sign_in(mei)
    assert browser.post("/settings/handle/", {"handle": "@MeiMei"}).status_code == 303
    refused = browser.post("/settings/handle/", {"handle": "again"})
    assert refused.status_code == 429 and "once in 14 days" in refused.content.decode()
    mei.refresh_from_db()
    assert mei.handle == "meimei"
