"""What is recorded: views of everybody at most once a day, acts of members who agreed, no more."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace as Cast
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from redleaf.accounts.tests.factories import make_account
from redleaf.core import clock, database, ids
from redleaf.core.testing import at_once
from redleaf.discovery import consents, jobs, recording, steering
from redleaf.discovery.ranking import receipts
from redleaf.discovery.recording import Seen
from redleaf.discovery.tests.helpers import write
from redleaf.notes.models import Note
from redleaf.notes.services import comments, marks, publish
from redleaf.privacy import services as privacy

pytestmark = pytest.mark.django_db

MEMBER_TABLES = ("discovery_impression", "discovery_interaction", "discovery_receipt")


@pytest.fixture(autouse=True)
def _no_held_receipts() -> Iterator[None]:
    yield
    receipts.forget()


def receipt_of(*notes: Note, account_id: UUID | None = None) -> UUID:
    """Keep a receipt of a list that holds these notes."""
    made = ids.new_id()
    order = [ids.encode(note.id) for note in notes]
    body = receipts.zlib.compress(json.dumps({"order": order, "tail": None}).encode())
    database.execute(
        "INSERT INTO discovery_receipt"
        " (id, at, account_id, surface, language, channel, version, body)"
        " VALUES (%s, %s, %s, 'explore', 'en', '', 1, %s)",
        (made, recording.moment_of(made), account_id, body),
    )
    return made


def sees(viewer: Any, receipt: UUID, *notes: Note, key: str = "v", dwell: int = 1500) -> int:
    items = [Seen(note.id, place, dwell) for place, note in enumerate(notes)]
    return recording.seen(viewer, key, receipt, items)


def exposure(note: Note) -> tuple[int, int]:
    """Return views and opens of a note, as everybody together made them."""
    [found] = database.values(
        "SELECT coalesce(sum(views), 0), coalesce(sum(opens), 0) FROM discovery_exposure"
        " WHERE note_id = %s",
        (note.id,),
    )
    return int(found[0]), int(found[1])


def rows_of(account: Any) -> dict[str, int]:
    return {
        table: database.values(
            f"SELECT count(*) FROM {table} WHERE account_id = %s", (account.id,)
        )[0][0]
        for table in MEMBER_TABLES
    }


def acts_of(account: Any) -> list[tuple[str, str]]:
    """Return kind and note of what is recorded of a member, in order."""
    return [
        (kind, str(note_id))
        for kind, note_id in database.values(
            "SELECT kind, note_id FROM discovery_interaction WHERE account_id = %s"
            " ORDER BY at, kind",
            (account.id,),
        )
    ]


@pytest.fixture
def note(cast: Cast) -> Note:
    return write(cast.mei, "Red leaves", "On the hill. #autumn", channel="coffee")


# --- Views of everybody ------------------------------------------------------------------------
def test_a_view_counts_once_a_person_a_day(cast: Cast, note: Note) -> None:
    receipt = receipt_of(note)
    assert sees(cast.lin, receipt, note) == 1
    assert sees(cast.lin, receipt, note) == sees(cast.lin, receipt_of(note), note) == 0
    assert sees(None, receipt, note, key="one") == 1
    assert sees(None, receipt, note, key="one") == 0
    assert sees(None, receipt, note, key="another") == 1
    assert exposure(note) == (3, 0)
    with clock.travel(timedelta(days=1)):
        assert sees(cast.lin, receipt, note) == 1


def test_a_card_that_was_passed_by_is_no_view(cast: Cast, note: Note) -> None:
    assert sees(cast.lin, receipt_of(note), note, dwell=999) == 0
    assert exposure(note) == (0, 0)


def test_an_authors_own_view_never_counts(cast: Cast, note: Note) -> None:
    privacy.grant(cast.mei, "profiling")
    assert sees(cast.mei, receipt_of(note), note) == 0
    assert not recording.opened(cast.mei, "v", note.id, 5000)
    assert exposure(note) == (0, 0)
    assert sum(rows_of(cast.mei).values()) == 0


@pytest.mark.parametrize("hidden", ["withdrawn", "followers", "author gone"])
def test_a_note_that_is_not_open_to_everybody_never_counts(
    hidden: str, cast: Cast, note: Note
) -> None:
    privacy.grant(cast.lin, "profiling")
    receipt = receipt_of(note)
    if hidden == "withdrawn":
        publish.withdraw_note(cast.mei, note)
    elif hidden == "followers":
        Note.objects.filter(id=note.id).update(audience="followers")
    else:
        cast.mei.is_active = False
        cast.mei.save(update_fields=["is_active"])
    assert sees(cast.lin, receipt, note) == sees(None, receipt, note) == 0
    assert not recording.opened(cast.lin, "v", note.id, 5000)
    assert exposure(note) == (0, 0) and sum(rows_of(cast.lin).values()) == 0


def test_who_is_blocked_by_the_author_does_not_count(cast: Cast, note: Note) -> None:
    assert sees(cast.wei, receipt_of(note), note) == 0


def test_only_a_kept_receipt_that_holds_the_note_counts(cast: Cast, note: Note) -> None:
    other = write(cast.mei, "Green leaves")
    assert sees(cast.lin, receipt_of(other), note) == 0
    assert sees(cast.lin, ids.new_id(), note) == 0
    assert sees(cast.lin, UUID(int=(1 << 128) - 1), note) == 0
    made_up = UUID(int=(((1 << 48) - 1) << 80) | (7 << 76) | (2 << 62))
    assert sees(cast.lin, made_up, note) == 0
    assert exposure(note) == exposure(other) == (0, 0)


def test_another_members_receipt_counts_for_nobody_else(cast: Cast, note: Note) -> None:
    receipt = receipt_of(note, account_id=cast.grace.id)
    assert sees(cast.lin, receipt, note) == sees(None, receipt, note) == 0
    assert sees(cast.grace, receipt, note) == 1


def test_an_open_counts_once_a_person_a_day_beside_the_view(cast: Cast, note: Note) -> None:
    assert recording.opened(cast.lin, "v", note.id, 4000)
    assert not recording.opened(cast.lin, "v", note.id, 4000)
    assert not recording.opened(None, "v", note.id, 500)
    assert recording.opened(None, "v", note.id, 1000)
    assert sees(cast.lin, receipt_of(note), note) == 1
    assert exposure(note) == (1, 2)


def test_a_network_with_many_browsers_counts_as_a_household(note: Note) -> None:
    receipt = receipt_of(note)
    for number in range(60):
        key = recording.visitor_key("192.0.2.7", f"browser {number}")
        sees(None, receipt, note, key=key)
    assert 1 < exposure(note)[0] <= 8


def test_nobody_can_be_read_from_the_digests(cast: Cast, note: Note) -> None:
    sees(cast.lin, receipt_of(note), note)
    [digest] = database.values("SELECT digest FROM discovery_seen_digest")
    assert len(digest[0]) == 16
    for part in (cast.lin.id.bytes, note.id.bytes):
        assert part not in bytes(digest[0])
    assert len(database.values("SELECT salt FROM discovery_salt")[0][0]) == 32


# --- Members who agreed ------------------------------------------------------------------------
def everything(account: Any, note: Note, receipt: UUID, deliver: Callable[[], int]) -> None:
    """See, open, read, mark, comment on and hide a note."""
    sees(account, receipt, note)
    recording.opened(account, "", note.id, 30_000)
    for kind in ("like", "save", "helpful", "share"):
        marks.mark(account, note.id, kind=kind)
    comments.post_comment(account, note.id, body="Good to know")
    steering.not_interested(account, note.id)
    deliver()


def test_without_consent_no_row_bears_the_members_id(
    cast: Cast, note: Note, deliver_events: Callable[[], int]
) -> None:
    everything(cast.lin, note, receipt_of(note), deliver_events)
    assert sum(rows_of(cast.lin).values()) == 0
    assert database.values("SELECT * FROM discovery_profile") == []
    assert exposure(note) == (1, 1), "and everybody together is counted"


def test_consent_to_another_purpose_is_none_to_this(cast: Cast, note: Note) -> None:
    privacy.grant(cast.lin, consents.SEARCH_HISTORY)
    sees(cast.lin, receipt_of(note), note)
    assert not recording.interaction(cast.lin.id, note.id, "hide")
    assert sum(rows_of(cast.lin).values()) == 0


def test_with_consent_each_act_is_recorded_once(
    cast: Cast, note: Note, deliver_events: Callable[[], int]
) -> None:
    privacy.grant(cast.lin, "profiling")
    everything(cast.lin, note, receipt_of(note), deliver_events)
    kinds = sorted(kind for kind, _note in acts_of(cast.lin))
    assert set(kinds) - {"hide"} == {
        *("open", "dwell", "like", "save", "helpful", "share", "comment")
    }
    assert len(kinds) == len(set(kinds))
    [(seconds,)] = database.values("SELECT value FROM discovery_interaction WHERE kind = 'dwell'")
    assert seconds == 30
    [shown] = database.values("SELECT surface, position, dwell_ms FROM discovery_impression")
    assert shown == ("explore", 0, 1500)


def test_an_act_that_is_told_twice_is_recorded_once(cast: Cast, note: Note) -> None:
    privacy.grant(cast.lin, "profiling")
    marks.mark(cast.lin, note.id, kind="save")
    for _ in range(3):
        recording.follow_mark(cast.lin.id, note.id, "save")
    assert acts_of(cast.lin) == [("save", str(note.id))]


def test_more_time_on_a_page_is_no_other_open(cast: Cast, note: Note) -> None:
    privacy.grant(cast.lin, "profiling")
    recording.opened(cast.lin, "", note.id, 5000)
    recording.opened(cast.lin, "", note.id, 7000, again=True)
    assert sorted(kind for kind, _note in acts_of(cast.lin)) == ["dwell", "dwell", "open"]


def test_a_report_that_is_told_again_records_nothing_more(
    cast: Cast, note: Note, client_for: Callable[[Any], Client]
) -> None:
    privacy.grant(cast.lin, "profiling")
    browser, ref = client_for(cast.lin), ids.encode(note.id)
    receipt = ids.encode(receipt_of(note))
    for _ in range(2):
        assert tell(browser, {"receipt": receipt, "seen": [[ref, 0, 1200]], "id": "a"}) == 204
        assert tell(browser, {"opened": ref, "dwell_ms": 4000, "id": "b"}) == 204
    assert tell(browser, {"opened": ref, "dwell_ms": 4000, "again": True, "id": "c"}) == 204
    assert sorted(kind for kind, _note in acts_of(cast.lin)) == ["dwell", "dwell", "open"]
    assert rows_of(cast.lin)["discovery_impression"] == 1
    assert exposure(note) == (1, 1)


def test_taking_a_mark_or_a_comment_back_deletes_its_row(
    cast: Cast, note: Note, deliver_events: Callable[[], int]
) -> None:
    privacy.grant(cast.lin, "profiling")
    marks.mark(cast.lin, note.id, kind="like")
    marks.mark(cast.lin, note.id, kind="save")
    said = comments.post_comment(cast.lin, note.id, body="Good to know")
    deliver_events()
    assert len(acts_of(cast.lin)) == 3
    marks.mark(cast.lin, note.id, kind="like", on=False)
    comments.withdraw_comment(cast.lin, said.id)
    deliver_events()
    assert acts_of(cast.lin) == [("save", str(note.id))]


def test_acts_on_an_own_note_are_not_recorded(
    cast: Cast, note: Note, deliver_events: Callable[[], int]
) -> None:
    privacy.grant(cast.mei, "profiling")
    marks.mark(cast.mei, note.id, kind="like")
    comments.post_comment(cast.mei, note.id, body="One more thing")
    deliver_events()
    assert acts_of(cast.mei) == []


def test_a_kind_that_nobody_knows_is_refused(cast: Cast, note: Note) -> None:
    privacy.grant(cast.lin, "profiling")
    with pytest.raises(ValueError, match="no kind"):
        recording.interaction(cast.lin.id, note.id, "stare")


# --- The past, and forgetting ------------------------------------------------------------------
def test_agreeing_reads_nothing_of_the_past(
    cast: Cast, note: Note, deliver_events: Callable[[], int], run_jobs: Callable[[], int]
) -> None:
    marks.mark(cast.lin, note.id, kind="save")
    privacy.grant(cast.lin, "profiling")
    deliver_events()
    run_jobs()
    assert acts_of(cast.lin) == [], "though the worker heard of the mark after the consent"


def test_who_asks_for_it_begins_with_what_they_marked(
    cast: Cast, note: Note, run_jobs: Callable[[], int]
) -> None:
    own = write(cast.lin, "My own")
    marks.mark(cast.lin, own.id, kind="save")
    with clock.travel(-timedelta(days=3)):
        marks.mark(cast.lin, note.id, kind="save")
    privacy.grant(cast.lin, "profiling", begin_with_past=True)
    run_jobs()
    jobs.take_in_marks(account_id=str(cast.lin.id))
    assert acts_of(cast.lin) == [("save", str(note.id))]
    [(at,)] = database.values("SELECT at FROM discovery_interaction")
    assert clock.now() - at > timedelta(days=2)


def test_switching_off_deletes_every_row_of_this_member_alone(
    cast: Cast, note: Note, deliver_events: Callable[[], int]
) -> None:
    for person in (cast.lin, cast.antoine):
        privacy.grant(person, "profiling")
        everything(person, note, receipt_of(note, account_id=person.id), deliver_events)
    before = rows_of(cast.antoine)
    assert all(before.values()) and all(rows_of(cast.lin).values())
    privacy.withdraw(cast.lin, "profiling")
    assert sum(rows_of(cast.lin).values()) == 0
    assert rows_of(cast.antoine) == before
    assert exposure(note) == (2, 2), "numbers without names stay"


# --- Two at once -------------------------------------------------------------------------------
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_windows_that_tell_of_the_same_cards_count_once() -> None:
    mei, lin = make_account("mei"), make_account("lin")
    notes = [write(mei, f"Leaf {number}") for number in range(8)]
    receipt = receipt_of(*notes)
    for number in range(3):
        key = f"visitor {number}"
        counted = at_once(
            lambda key=key: sees(None, receipt, *notes, key=key),
            lambda key=key: sees(None, receipt, *reversed(notes), key=key),
        )
        assert sum(counted) == len(notes)
    assert at_once(lambda: sees(lin, receipt, notes[0]), lambda: sees(lin, receipt, notes[0])) in (
        [0, 1],
        [1, 0],
    )
    assert [exposure(note)[0] for note in notes] == [4, *[3] * 7]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_card_seen_while_consent_is_withdrawn_leaves_no_row() -> None:
    mei, lin = make_account("mei"), make_account("lin")
    note = write(mei, "Leaf")
    receipt = receipt_of(note)
    for _ in range(5):
        privacy.grant(lin, "profiling")
        at_once(lambda: sees(lin, receipt, note), lambda: privacy.withdraw(lin, "profiling"))
        assert sum(rows_of(lin).values()) == 0


# --- The address -------------------------------------------------------------------------------
def tell(browser: Client, report: Any) -> int:
    body = report if isinstance(report, bytes) else json.dumps(report).encode()
    return browser.post("/seen/", body, content_type="application/json").status_code


def test_a_browser_tells_of_cards_and_of_reading(
    cast: Cast, note: Note, client_for: Callable[[Any], Client]
) -> None:
    ref, receipt = ids.encode(note.id), ids.encode(receipt_of(note))
    assert tell(Client(), {"receipt": receipt, "seen": [[ref, 0, 1200]]}) == 204
    assert tell(client_for(cast.lin), {"receipt": receipt, "seen": [[ref, 0, 1200]]}) == 204
    assert tell(Client(), {"opened": ref, "dwell_ms": 8000, "again": False}) == 204
    assert exposure(note) == (2, 1)


REF = "01h" + "0" * 23


@pytest.mark.parametrize(
    "report",
    [
        *(b"", b"\x00", b"\xff\xfe", b"null", b"[]", b"{}", b"[" * 9000, b"1" * 9000),
        *({"receipt": REF}, {"receipt": REF, "seen": {}}, {"receipt": 7, "seen": []}),
        *({"receipt": REF, "seen": [[REF, 1]]}, {"receipt": REF, "seen": [[REF, 1.5, 2]]}),
        *({"receipt": REF, "seen": [[REF, True, 2000]]}, {"receipt": "\x00", "seen": []}),
        *(
            {"receipt": REF, "seen": [[REF, -1, 2000]]},
            {"receipt": REF, "seen": [[REF, 1, 1]] * 101},
        ),
        *({"opened": REF}, {"opened": "\ud800", "dwell_ms": 1}, {"opened": [], "dwell_ms": 2000}),
        *(
            {"opened": REF, "dwell_ms": float("nan")},
            {"opened": REF, "dwell_ms": 1, "id": "x" * 65},
        ),
    ],
)
def test_garbage_is_refused_and_records_nothing(report: Any, note: Note) -> None:
    assert tell(Client(raise_request_exception=False), report) == 422
    assert database.values("SELECT 1 FROM discovery_exposure") == []


def test_what_cannot_be_is_answered_like_what_is_not_there(note: Note) -> None:
    far = 10**18
    assert tell(Client(), {"receipt": REF, "seen": [[ids.encode(note.id), far, far]]}) == 204
    assert tell(Client(), {"receipt": "7" + "z" * 25, "seen": []}) == 204
    assert tell(Client(), {"opened": REF, "dwell_ms": far}) == 204
    assert tell(Client(), b" " * 20_000) == 413


def test_too_many_reports_are_refused(note: Note, settings: Any) -> None:
    settings.REDLEAF_RATE_LIMITS = True
    report = {"opened": ids.encode(note.id), "dwell_ms": 10}
    browser = Client()
    with clock.frozen(clock.now()):
        answers = [tell(browser, report) for _ in range(125)]
    assert answers.count(204) == 120 and answers[-1] == 429
