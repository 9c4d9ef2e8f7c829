"""The index: fresh, complete, derived, and never the reason for an error page."""

import contextlib
import io
import shutil
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client

from redleaf.core import database, events
from redleaf.discovery.models import IndexMark
from redleaf.discovery.search import documents, engine, registry, writing
from redleaf.discovery.tests.helpers import search, write
from redleaf.notes.services import publish

pytestmark = pytest.mark.django_db
Take = Callable[[], None]


@pytest.mark.django_db(transaction=True)
def test_a_published_note_is_found_within_two_seconds(client: Client, mei: Any) -> None:
    stop = threading.Event()

    def dispatch() -> None:
        while not stop.is_set():
            events.deliver_due()
            stop.wait(0.05)
        connections.close_all()

    def index() -> None:
        writing.keep_fresh(stop)
        connections.close_all()

    threads = [threading.Thread(target=dispatch), threading.Thread(target=index)]
    for thread in threads:
        thread.start()
    try:
        deadline = time.monotonic() + 15
        while engine.current() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        search(client, "anything")
        note = write(mei, "quokka")
        began = time.monotonic()
        while search(client, "quokka") != ["quokka"] and time.monotonic() < began + 10:
            time.sleep(0.05)
        assert time.monotonic() - began < 2
        publish.withdraw_note(mei, note)
        while note.id in engine.reader().keys("note") and time.monotonic() < began + 20:
            time.sleep(0.1)
        assert note.id not in engine.reader().keys("note")
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=10)
    assert not any(thread.is_alive() for thread in threads)


def test_rebuilding_equals_taking_in_one_by_one(cast: Any, client: Client, take_in: Take) -> None:
    take_in()
    for number in range(12):
        note = write(cast.mei, f"quokka {number}", f"#topic{number}")
        take_in()
        if number % 4 == 0:
            publish.withdraw_note(cast.mei, note)
    take_in()
    before = {kind: engine.reader().keys(kind) for kind in registry.KINDS}
    found = search(client, "quokka")
    writing.rebuild()
    engine.forget_reader()
    assert {kind: engine.reader().keys(kind) for kind in registry.KINDS} == before
    assert before == documents.present_ids()
    assert sorted(search(client, "quokka")) == sorted(found)
    assert len(found) == 9


def test_a_mark_outlives_a_writer_that_dies_before_its_commit(
    mei: Any, client: Client, take_in: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in()
    write(mei, "quokka")
    events.deliver_due(limit=100)
    name = engine.current()
    assert name is not None
    writer = engine.writer(name)
    with monkeypatch.context() as patched:
        patched.setattr(type(writer), "commit", _fail)
        with pytest.raises(engine.Unavailable):
            writing.write_due(writer)
    writer.close()
    assert IndexMark.objects.filter(kind="note").exists()
    take_in()
    assert search(client, "quokka") == ["quokka"]
    assert not IndexMark.objects.exists()


def _fail(_writer: Any) -> None:
    raise engine.Unavailable("the power went")


def test_a_change_during_the_writing_keeps_its_mark(mei: Any, take_in: Take) -> None:
    take_in()
    note = write(mei, "quokka")
    events.deliver_due(limit=100)
    first = IndexMark.objects.get(kind="note", object_id=note.id).number
    writing.mark("note", [note.id])
    again = IndexMark.objects.get(kind="note", object_id=note.id).number
    assert again > first
    database.execute("DELETE FROM discovery_index_mark WHERE number = %s", (first,))
    assert IndexMark.objects.filter(object_id=note.id).exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_what_changes_during_a_rebuild_is_in_the_new_index(mei: Any, client: Client) -> None:
    old = writing.rebuild()
    taken = threading.Event()
    errors: list[BaseException] = []

    def slow() -> Any:
        yield from real()
        taken.wait(10)  # everything was read; now the change comes

    real = documents.all_entries

    def rebuild() -> None:
        try:
            writing.rebuild()
        except BaseException as failure:
            errors.append(failure)
        finally:
            connections.close_all()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(documents, "all_entries", slow)
        thread = threading.Thread(target=rebuild)
        thread.start()
        time.sleep(0.3)
        write(mei, "quokka")
        events.deliver_due(limit=100)
        with contextlib.closing(engine.writer(old)) as writer:
            assert writing.write_due(writer)
        assert IndexMark.objects.filter(indexed_in=old).exists()
        assert search(client, "quokka") == ["quokka"]  # fresh in the old one meanwhile
        taken.set()
        thread.join(timeout=20)
    assert errors == []
    new = engine.current()
    assert new not in {None, old}
    with contextlib.closing(engine.writer(str(new))) as writer:
        assert writing.write_due(writer)
    engine.forget_reader()
    assert search(client, "quokka") == ["quokka"]
    assert not IndexMark.objects.exists()


def test_two_workers_have_one_writer(mei: Any, take_in: Take) -> None:
    take_in()
    name = engine.current()
    assert name is not None
    with contextlib.closing(engine.writer(name)), pytest.raises(engine.Unavailable):
        engine.writer(name)


def test_without_an_index_titles_topics_and_people_are_still_found(
    client: Client, mei: Any
) -> None:
    write(mei, "sourdough 50%", "#bread")
    page = client.get("/search/?q=sourdough")
    assert page.status_code == 200
    assert "Search is being set up again" in page.content.decode()
    assert search(client, "sourdough") == ["sourdough 50%"]
    assert search(client, "50%") == ["sourdough 50%"]
    assert search(client, "%") == ["sourdough 50%"]
    assert search(client, "_") == []
    assert search(client, "bread") == ["sourdough 50%"]
    assert (
        'href="/@mei"' in client.get("/search/", {"q": "美美", "kind": "people"}).content.decode()
    )
    assert (
        "/place/toronto/"
        in client.get("/search/", {"q": "多倫", "kind": "places"}).content.decode()
    )
    assert client.get("/search/suggest/?q=bre").status_code == 200


def test_without_an_index_restricted_notes_stay_hidden(client: Client, mei: Any) -> None:
    write(mei, "quokka", audience="followers")
    assert search(client, "quokka") == []


@pytest.mark.parametrize("damage", ["meta", "pointer", "folder", "segments"])
def test_a_broken_index_is_no_error_page(
    client: Client, mei: Any, take_in: Take, damage: str, settings: Any
) -> None:
    write(mei, "quokka")
    take_in()
    name = str(engine.current())
    folder = engine.home() / name
    if damage == "meta":
        (folder / "meta.json").write_text("{not json")
    elif damage == "pointer":
        (engine.home() / "current").write_bytes(b"\xff\x00../../etc")
    elif damage == "folder":
        shutil.rmtree(folder)
    else:
        for path in folder.glob("*.idx"):
            path.unlink()
    engine.forget_reader()
    for address in ("/search/?q=quokka", "/search/suggest/?q=quok", "/search/?q=mei&kind=people"):
        assert client.get(address).status_code == 200
    assert search(client, "quokka") == ["quokka"]
    with contextlib.closing(writing._Desk()) as desk:
        assert desk.open()
        if damage == "segments":
            return
    engine.forget_reader()
    page = client.get("/search/?q=quokka").content.decode()
    assert "Search is being set up again" not in page


def test_check_lists_what_differs(mei: Any, take_in: Take) -> None:
    note = write(mei, "quokka")
    take_in()
    said = io.StringIO()
    call_command("search", "check", stdout=said)
    assert "note: 1 in the database, 1 indexed" in said.getvalue()
    database.execute("UPDATE notes_note_tally SET listed = false WHERE note_id = %s", (note.id,))
    with pytest.raises(CommandError, match="1 differences"):
        call_command("search", "check", stdout=said)
    assert note.ref in said.getvalue()
    call_command("search", "rebuild", stdout=said)
    call_command("search", "check", stdout=said)


def test_check_without_an_index_says_what_to_run(db: None) -> None:
    with pytest.raises(CommandError, match="search rebuild"):
        call_command("search", "check")


def test_the_nightly_look_marks_what_was_missed(mei: Any, client: Client, take_in: Take) -> None:
    from redleaf.discovery import jobs

    take_in()
    write(mei, "quokka")
    database.execute("DELETE FROM core_outbox")
    take_in()
    assert search(client, "quokka") == []
    jobs.mark_what_differs()
    take_in()
    assert search(client, "quokka") == ["quokka"]
