"""`redleaf admin`: operators' accounts."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from redleaf.accounts.models import Account, Session
from redleaf.accounts.tests.factories import make_account, sign_in
from redleaf.core import audit
from redleaf.core.models import AuditEntry

pytestmark = pytest.mark.django_db

GOOD = "eleven grey geese fly"


@pytest.fixture
def admin(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return the command, with what it reads from standard input."""

    def run(*arguments: str, typed: str = GOOD) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed + "\n"))
        out = io.StringIO()
        call_command("admin_account", *arguments, stdout=out)
        return out.getvalue()

    return run


CREATE = ("create", "--email", "boss@example.org", "--handle", "boss", "--password-stdin")


def test_create_makes_a_confirmed_superuser_who_can_sign_in(admin: Any) -> None:
    assert "@boss" in admin(*CREATE)
    account = Account.objects.get(handle="boss")
    assert account.is_staff
    assert account.is_superuser
    assert account.is_confirmed
    browser = Client()
    browser.post("/account/login/", {"login": "boss", "password": GOOD})
    assert browser.get("/admin/").status_code == 200


def test_create_is_in_the_audit_trail(admin: Any) -> None:
    admin(*CREATE)
    account = Account.objects.get(handle="boss")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject_id, entry.actor_id) == (
        "operator_created",
        account.ref,
        None,
    )
    assert audit.verify() is None


@pytest.mark.parametrize(
    ("arguments", "typed", "words"),
    [
        (("--email", "no address", "--handle", "boss"), GOOD, "email"),
        (("--email", "b@example.org", "--handle", "a b"), GOOD, "3 to 20"),
        (("--email", "b@example.org", "--handle", "admin"), GOOD, "kept for the operator"),
        (("--email", "b@example.org", "--handle", "taken"), GOOD, "Somebody has this name"),
        (("--email", "taken@example.org", "--handle", "boss"), GOOD, "already an account"),
        (("--email", "b@example.org", "--handle", "boss"), "short", "too short"),
        (("--email", "b@example.org", "--handle", "boss"), "password123", "too common"),
        (("--email", "boss_of_all@example.org", "--handle", "boss"), "boss_of_all1", "your own"),
    ],
)
def test_create_refuses_in_words_and_makes_nothing(
    admin: Any, arguments: tuple[str, ...], typed: str, words: str
) -> None:
    make_account("taken")
    with pytest.raises(CommandError, match=words):
        admin("create", *arguments, "--password-stdin", typed=typed)
    assert Account.objects.count() == 1
    assert AuditEntry.objects.count() == 0


def test_create_without_a_terminal_says_how_to_give_the_password(admin: Any) -> None:
    with pytest.raises(CommandError, match="--password-stdin"):
        admin(*CREATE[:-1])
    assert Account.objects.count() == 0


def test_list_shows_operators_and_nobody_else(admin: Any, keeper: Account, mei: Account) -> None:
    said = admin("list")
    assert f"@keeper  {keeper.email}" in said
    assert "@mei" not in said


def test_reset_password_ends_every_session(admin: Any, mei: Account) -> None:
    browser = sign_in(mei)
    assert Session.objects.filter(account=mei).count() == 1
    admin("reset-password", "@mei", "--password-stdin")
    assert Session.objects.filter(account=mei).count() == 0
    assert browser.get("/settings/").status_code == 302
    mei.refresh_from_db()
    assert mei.check_password(GOOD)
    assert AuditEntry.objects.get().action == "password_reset"


def test_reset_password_refuses_a_weak_one_and_changes_nothing(admin: Any, mei: Account) -> None:
    before = mei.password
    with pytest.raises(CommandError, match="too short"):
        admin("reset-password", "mei", "--password-stdin", typed="short")
    mei.refresh_from_db()
    assert mei.password == before


def test_reset_two_step_takes_every_second_step_away(admin: Any, mei: Account) -> None:
    Authenticator.objects.create(user=mei, type=Authenticator.Type.TOTP, data={})
    assert "removed: 1" in admin("reset-two-step", "mei")
    assert not Authenticator.objects.exists()
    assert AuditEntry.objects.get().detail == {"removed": 1}


def test_an_unknown_handle_is_told_so(admin: Any) -> None:
    with pytest.raises(CommandError, match="There is no account @nobody"):
        admin("reset-two-step", "nobody")
