"""Mail: written in the reader's language, carried by a job, kept in the outbox or sent by SMTP."""

from collections.abc import Callable
from email import message_from_bytes, policy

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from redleaf.accounts import jobs
from redleaf.accounts.mail import send_letter
from redleaf.accounts.mail.letters import LETTERS, Letter
from redleaf.accounts.models import OutboxMail
from redleaf.accounts.tests.factories import make_account, sign_in
from redleaf.core import clock

pytestmark = pytest.mark.django_db

LETTER = Letter("Hello <you> & 你好", ["First line.", "Second."], code="ABCD-EFGH")


@pytest.fixture
def outbox_backend(settings) -> None:
    settings.EMAIL_BACKEND = "redleaf.accounts.mail.OutboxBackend"
    settings.REDLEAF_MAIL_OUTBOX = True


def test_a_page_does_not_wait_for_the_mail_server() -> None:
    make_account("mei")
    Client().post("/account/password/reset/", {"email": "mei@example.org"})
    assert mail.outbox == []
    assert ProcrastinateJob.objects.get().queue_name == "mail"


def test_a_job_carries_no_code_and_no_address() -> None:
    send_letter("mei@example.org", LETTER, "en")
    arguments = str(ProcrastinateJob.objects.get().args)
    assert "ABCD" not in arguments and "mei@" not in arguments


def test_a_mail_has_plain_text_and_html(run_jobs: Callable[[], int]) -> None:
    send_letter("mei@example.org", LETTER, "zh-hans")
    run_jobs()
    message = mail.outbox[0]
    assert message.subject == LETTER.subject
    assert "<" not in message.body.replace(LETTER.subject, "")
    html = message.alternatives[0][0]
    assert "Hello &lt;you&gt; &amp; 你好" in html and 'lang="zh-Hans"' in html


def test_a_mail_is_sent_once(run_jobs: Callable[[], int]) -> None:
    from redleaf.accounts.mail.sending import deliver

    send_letter("mei@example.org", LETTER, "en")
    ref = OutboxMail.objects.get().ref
    run_jobs()
    deliver(mail_ref=ref)
    assert len(mail.outbox) == 1 and not OutboxMail.objects.exists()


def test_a_mail_that_cannot_be_sent_waits_for_the_next_try(monkeypatch) -> None:
    from django.core.mail import EmailMessage

    from redleaf.accounts.mail.sending import deliver

    def refuse(self: EmailMessage) -> int:
        raise OSError("no route to mail server")

    monkeypatch.setattr(EmailMessage, "send", refuse)
    send_letter("mei@example.org", LETTER, "en")
    waiting = OutboxMail.objects.get()
    with pytest.raises(OSError, match="no route"):
        deliver(mail_ref=waiting.ref)
    assert OutboxMail.objects.filter(id=waiting.id, waiting=True).exists()


def test_without_a_mail_server_mail_is_kept(outbox_backend, run_jobs) -> None:
    send_letter("mei@example.org", LETTER, "en")
    run_jobs()
    kept = OutboxMail.objects.get()
    assert (kept.to, kept.waiting) == ("mei@example.org", False)
    assert "ABCD-EFGH" in kept.text


def test_kept_mail_goes_after_30_days(outbox_backend, run_jobs) -> None:
    from datetime import timedelta

    send_letter("mei@example.org", LETTER, "en")
    run_jobs()
    OutboxMail.objects.update(created_at=clock.now() - timedelta(days=31))
    jobs.sweep()
    assert not OutboxMail.objects.exists()


def test_smtp_by_configuration(settings, run_jobs) -> None:
    controller_module = pytest.importorskip("aiosmtpd.controller")

    class Keeper:
        def __init__(self) -> None:
            self.received: list[bytes] = []

        async def handle_DATA(self, _server, _session, envelope) -> str:
            self.received.append(envelope.content)
            return "250 OK"

    keeper = Keeper()
    controller = controller_module.Controller(keeper, hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    controller.start()
    try:
        settings.EMAIL_BACKEND = "redleaf.accounts.mail.OutboxBackend"
        settings.REDLEAF_MAIL_OUTBOX = False
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
        settings.EMAIL_USE_TLS = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        send_letter("mei@example.org", LETTER, "zh-hans")
        run_jobs()
    finally:
        controller.stop()
    message = message_from_bytes(keeper.received[0], policy=policy.default)
    assert message["Subject"] == LETTER.subject and message["To"] == "mei@example.org"
    assert "ABCD-EFGH" in message.get_body(("plain",)).get_content()
    assert "ABCD-EFGH" in message.get_body(("html",)).get_content()
    assert not OutboxMail.objects.exists()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_every_mail_of_allauth_has_our_words() -> None:
    from pathlib import Path

    import allauth

    root = Path(allauth.__file__).parent / "templates"
    known = {
        str(path.relative_to(root)).removesuffix("_message.txt")
        for app in ("account", "mfa", "usersessions")
        for path in (root / app).glob("email/*_message.txt")
    }
    unused = {"account/email/base", "account/email/password_reset_code"}
    assert known - unused <= set(LETTERS)


@pytest.mark.parametrize("name", LETTERS)
def test_every_mail_can_be_written(name: str, run_jobs: Callable[[], int]) -> None:
    context = {
        "code": "ABCD", "password_reset_url": "https://x.example/r", "username": "mei",
        "signup_url": "https://x.example/s", "to_email": "b@example.org",
        "from_email": "a@example.org", "deleted_email": "a@example.org", "date": "1 May",
    }  # fmt: skip
    send_letter("mei@example.org", LETTERS[name](context), "en")
    run_jobs()
    assert mail.outbox[0].subject and "%" not in mail.outbox[0].body


def test_a_new_address_counts_after_its_code(run_jobs: Callable[[], int]) -> None:
    from redleaf.accounts.tests.test_sign_up import code_in

    mei = make_account("mei")
    browser = sign_in(mei, fresh=True)
    answer = browser.post("/account/email/", {"action_add": "1", "email": "New@example.org"})
    assert answer.url == "/account/confirm-email/"
    assert not EmailAddress.objects.filter(email="new@example.org").exists()
    run_jobs()
    code = code_in(mail.outbox[-1].body)
    browser.post("/account/confirm-email/", {"code": code, "action": "verify"})
    assert EmailAddress.objects.get(email="new@example.org").verified
    browser.post("/account/email/", {"action_primary": "", "email": "new@example.org"})
    mei.refresh_from_db()
    assert mei.email == "new@example.org"
    run_jobs()
    assert "mei@example.org" in mail.outbox[-1].to, "the old address is told"


def test_somebody_elses_address_cannot_be_taken(run_jobs: Callable[[], int]) -> None:
    make_account("grace")
    browser = sign_in(make_account("mei"), fresh=True)
    browser.post("/account/email/", {"action_add": "1", "email": "grace@example.org"})
    run_jobs()
    assert EmailAddress.objects.get(email="grace@example.org").user.handle == "grace"


def test_the_outbox_is_there_for_the_demo_and_for_staff_only(settings) -> None:
    mei, keeper = make_account("mei"), make_account("keeper_of_keys", is_staff=True)
    settings.REDLEAF_MAIL_OUTBOX, settings.REDLEAF_OUTBOX_PUBLIC = True, False
    assert Client().get("/outbox/").status_code == 404
    assert sign_in(mei).get("/outbox/").status_code == 404
    assert sign_in(keeper).get("/outbox/").status_code == 200
    settings.REDLEAF_OUTBOX_PUBLIC = True
    assert Client().get("/outbox/").status_code == 200
    settings.REDLEAF_MAIL_OUTBOX = False
    assert sign_in(keeper).get("/outbox/").status_code == 404


def test_the_outbox_shows_a_mail_with_its_link_and_without_its_html(settings) -> None:
    settings.REDLEAF_MAIL_OUTBOX = settings.REDLEAF_OUTBOX_PUBLIC = True
    kept = OutboxMail.objects.create(
        to="mei@example.org", subject="<b>Hi</b>", text="https://x.example/a <script>1</script>"
    )
    assert "&lt;b&gt;Hi" in Client().get("/outbox/").content.decode()
    page = Client().get(f"/outbox/{kept.ref}/").content.decode()
    assert 'href="https://x.example/a"' in page
    assert "<script>1" not in page


def test_waiting_mail_is_not_shown(settings) -> None:
    settings.REDLEAF_MAIL_OUTBOX = settings.REDLEAF_OUTBOX_PUBLIC = True
    waiting = OutboxMail.objects.create(to="a@b.example", subject="x", text="y", waiting=True)
    assert Client().get(f"/outbox/{waiting.ref}/").status_code == 404


def test_a_long_outbox_has_pages(settings) -> None:
    settings.REDLEAF_MAIL_OUTBOX = settings.REDLEAF_OUTBOX_PUBLIC = True
    for number in range(60):
        OutboxMail.objects.create(to="a@b.example", subject=f"mail {number:02}", text="x")
    import re

    first = Client().get("/outbox/").content.decode()
    after = re.search(r"\?after=([\w-]+)", first)
    assert after and "mail 59" in first and "mail 05" not in first
    second = Client().get("/outbox/", {"after": after[1]}).content.decode()
    assert "mail 05" in second and "mail 59" not in second
    assert Client().get("/outbox/", {"after": "nonsense"}).status_code == 422
