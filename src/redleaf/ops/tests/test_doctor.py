"""`redleaf doctor`: each thing that can be wrong is said, with what helps."""

import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from redleaf.core import audit, clock
from redleaf.core.models import AuditEntry, Heartbeat, OutboxEvent
from redleaf.ops import doctor, examining
from redleaf.ops.doctor import BAD, GOOD, NOTE, Examined, Finding
from redleaf.ops.launch import environment
from redleaf.ops.launch.environment import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return environment.prepare(tmp_path / "var")


@pytest.fixture
def look(place: Place) -> Callable[[str], list[Finding]]:
    """Return what does one of the checks that need a database."""
    return lambda name: list(examining.CHECKS[name](Examined(place)))


@pytest.fixture
def running(place: Place) -> Iterator[None]:
    """Somebody holds the data folder, as `redleaf up` does."""
    with environment.hold(place):
        yield


def test_secrets_that_others_may_read_are_told(place: Place) -> None:
    assert [finding.state for finding in doctor._secrets(place)] == [GOOD]
    key = place.secrets / "secret-key"
    key.chmod(0o644)
    (finding,) = doctor._secrets(place)
    assert finding.state == BAD
    assert str(key) in finding.words
    assert "chmod 600" in finding.help


def test_a_full_disk_is_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "FREE_NEEDED", 10**18)
    assert doctor._space(place).state == BAD
    monkeypatch.setattr(doctor, "FREE_NEEDED", 0)
    monkeypatch.setattr(doctor, "FREE_MINIMUM", 10**18)
    assert doctor._space(place).state == NOTE


def test_a_broken_redleaf_toml_is_told_with_its_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "redleaf.toml"
    path.write_text('[edition]\ntime_zone = "Mars/Olympus"\n')
    monkeypatch.setenv("REDLEAF_CONFIG", str(path))
    assert doctor.examine(tmp_path / "var") == 1
    said = capsys.readouterr().out
    assert "time_zone 'Mars/Olympus'" in said
    assert "1 things are wrong." in said


def test_a_data_folder_that_cannot_be_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    assert doctor.examine(tmp_path / "file" / "var") == 1
    assert "cannot be written" in capsys.readouterr().out


def test_packages_that_differ_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [finding.state for finding in doctor._packages()] == [GOOD]
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "base.txt").write_text("django==1.0 \\\nnone-such==1 \\\n")
    monkeypatch.setattr(doctor.environment, "REPOSITORY", tmp_path)
    (finding,) = doctor._packages()
    assert finding.state == BAD
    assert "not 1.0" in finding.words
    assert "none-such is missing" in finding.words


@pytest.mark.django_db
def test_the_server_is_told_by_its_version(look: Any) -> None:
    (finding,) = look("server")
    assert finding.state == GOOD
    assert "PostgreSQL" in finding.words


@pytest.mark.django_db
def test_tables_that_are_behind_are_told(look: Any, running: None) -> None:
    assert [finding.state for finding in look("tables")] == [GOOD]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'inbox'")
    (finding,) = look("tables")
    assert finding.state == BAD
    assert "inbox.0001_initial" in finding.words


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "state"), [(5, GOOD), (200, BAD), (None, BAD)])
def test_a_silent_worker_is_told_while_the_site_runs(
    look: Any, running: None, age: int | None, state: str
) -> None:
    if age is not None:
        Heartbeat.objects.create(process="worker", at=clock.now() - timedelta(seconds=age))
    worker = next(finding for finding in look("background") if finding.name == "worker")
    assert worker.state == state


@pytest.mark.django_db
def test_a_worker_that_need_not_run_is_no_complaint(look: Any) -> None:
    assert {finding.state for finding in look("background")} == {GOOD}


@pytest.mark.django_db
def test_a_stuck_event_is_told_with_where_to_look(look: Any) -> None:
    OutboxEvent.objects.create(name="x.Y", payload={}, attempts=12)
    events = next(finding for finding in look("background") if finding.name == "events")
    assert events.state == BAD
    assert "/admin/core/outboxevent/" in events.help


@pytest.mark.django_db
def test_an_event_that_waits_long_is_noted(look: Any) -> None:
    OutboxEvent.objects.create(
        name="x.Y", payload={}, announced_at=clock.now() - timedelta(hours=1)
    )
    events = next(finding for finding in look("background") if finding.name == "events")
    assert events.state == NOTE


def test_a_missing_search_index_is_noted(look: Any, place: Place) -> None:
    assert [finding.state for finding in look("search")] == [NOTE]
    (place.data / "search").mkdir()
    (place.data / "search" / "current").write_text("v1")
    assert [finding.state for finding in look("search")] == [GOOD]


def test_a_media_store_is_tried_and_left_as_it_was(look: Any, settings: Any) -> None:
    from redleaf.ops.backup import media

    (finding,) = look("media")
    assert finding.state == GOOD
    assert not (media.folder() / "doctor").exists()


def test_a_media_store_that_cannot_be_written_is_told(
    look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.files.storage import FileSystemStorage

    def refuse(*_arguments: Any, **_options: Any) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(FileSystemStorage, "_save", refuse)
    (finding,) = look("media")
    assert finding.state == BAD
    assert "Permission denied" in finding.words


def test_without_a_mail_server_the_outbox_is_noted(look: Any, settings: Any) -> None:
    settings.REDLEAF_MAIL_OUTBOX = True
    assert [finding.state for finding in look("mail")] == [NOTE]


def test_a_mail_server_that_does_not_answer_is_told(look: Any, settings: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        settings.REDLEAF_MAIL_OUTBOX = False
        (finding,) = look("mail")
    assert finding.state == BAD
    assert "does not take mail" in finding.words


@pytest.mark.django_db
def test_an_audit_trail_that_was_changed_is_told(look: Any) -> None:
    audit.record(None, "one", subject_kind="x", subject_id="1")
    entry = audit.record(None, "two", subject_kind="x", subject_id="2")
    assert [finding.state for finding in look("audit trail")] == [GOOD]
    AuditEntry.objects.filter(id=entry.id).update(action="three")
    (finding,) = look("audit trail")
    assert finding.state == BAD
    assert str(entry.id) in finding.words


@pytest.mark.django_db
def test_nobody_to_enter_the_admin_is_noted(look: Any) -> None:
    (finding,) = look("operators")
    assert finding.state == NOTE
    assert "admin create" in finding.help


def test_a_room_can_add_a_check_and_a_broken_check_is_told(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_examined: Examined) -> Iterator[Finding]:
        raise RuntimeError("no idea")
        yield

    monkeypatch.setattr(doctor, "_more", {})
    monkeypatch.setattr(doctor, "_prepare_django", lambda _examined: None)
    monkeypatch.setattr(examining, "CHECKS", {})
    doctor.register("mine", lambda _examined: iter([Finding("mine", GOOD, "fine")]))
    doctor.register("other", broken)
    found = list(doctor._with_database(Examined(place)))
    assert [(finding.name, finding.state) for finding in found] == [("mine", GOOD), ("other", BAD)]
    assert "no idea" in found[1].words
