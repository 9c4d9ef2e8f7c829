"""Like, helpful, save and share: each once, and the counters equal a recount."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redleaf.core.errors import NotFound
from redleaf.core.models import OutboxEvent
from redleaf.notes.models import Mark, MarkKind, Note, NoteTally
from redleaf.notes.services import marks, publish
from redleaf.notes.tests.factories import make_note

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["lin", "grace", "wei"]),
        st.integers(0, 1),
        st.sampled_from(MarkKind.values),
        st.booleans(),
    ),
    max_size=25,
)


def counters(note: Note) -> dict[str, int]:
    tally = NoteTally.objects.get(note=note)
    return {kind: getattr(tally, f"{kind}_count") for kind in MarkKind.values}


@pytest.mark.parametrize("kind", MarkKind.values)
def test_a_mark_counts_once_however_often_it_is_set(mei: Any, lin: Any, kind: str) -> None:
    note = make_note(mei)
    assert [marks.mark(lin, note.id, kind=kind) for _ in range(3)] == [1, 1, 1]
    assert counters(note)[kind] == 1
    assert OutboxEvent.objects.filter(name__endswith="NoteMarked").count() == 1


@pytest.mark.parametrize("kind", MarkKind.values)
def test_a_mark_is_taken_back_once(mei: Any, lin: Any, kind: str) -> None:
    note = make_note(mei)
    marks.mark(lin, note.id, kind=kind)
    assert [marks.mark(lin, note.id, kind=kind, on=False) for _ in range(3)] == [0, 0, 0]
    assert counters(note)[kind] == 0


def test_a_note_that_one_may_not_see_cannot_be_marked(cast: Any) -> None:
    private = make_note(cast.mei, audience="only_me")
    public = make_note(cast.mei)
    for account, note in ((cast.lin, private), (cast.wei, public)):
        with pytest.raises(NotFound):
            marks.mark(account, note.id, kind="like")
    assert not Mark.objects.exists()


def test_marks_lift_a_note_by_their_weights(mei: Any, lin: Any) -> None:
    liked, saved = make_note(mei), make_note(mei)
    NoteTally.objects.filter(note=saved).update(published_at=liked.published_at)
    marks.mark(lin, liked.id, kind="like")
    marks.mark(lin, saved.id, kind="save")
    assert NoteTally.objects.get(note=saved).rank > NoteTally.objects.get(note=liked).rank


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_counters_equal_a_recount(cast: Any, steps: list[tuple[str, int, str, bool]]) -> None:
    notes = [make_note(cast.antoine), make_note(cast.antoine)]
    for handle, index, kind, on in steps:
        marks.mark(getattr(cast, handle), notes[index].id, kind=kind, on=on)
    for note in notes:
        found = Mark.objects.filter(note=note)
        assert counters(note) == {kind: found.filter(kind=kind).count() for kind in MarkKind.values}
    assert marks.recount() == 0


def test_a_recount_mends_a_wrong_counter(mei: Any, lin: Any) -> None:
    note = make_note(mei)
    marks.mark(lin, note.id, kind="like")
    NoteTally.objects.update(like_count=7)
    assert marks.recount() == 1
    assert counters(note)["like"] == 1


def test_the_heart_answers_a_script_with_the_count(client_for: Any, mei: Any, lin: Any) -> None:
    note = make_note(mei)
    browser = client_for(lin)
    address = f"/note/{note.ref}/mark/like/"
    answer = browser.post(address, {"on": "1"}, headers={"accept": "application/json"})
    assert answer.json() == {"kind": "like", "on": True, "count": 1}


def test_the_heart_works_as_a_form(client_for: Any, mei: Any, lin: Any) -> None:
    note = make_note(mei)
    browser = client_for(lin)
    answer = browser.post(f"/note/{note.ref}/mark/like/", {"on": "1", "next": f"/note/{note.ref}/"})
    assert (answer.status_code, answer.url) == (303, f"/note/{note.ref}/")
    page = browser.get(f"/note/{note.ref}/").content.decode()
    assert 'name="on" value="0"' in page


def test_who_signs_in_to_like_comes_to_the_note(client: Any, client_for: Any, mei: Any) -> None:
    note = make_note(mei)
    address = f"/note/{note.ref}/mark/like/"
    assert client.post(address).status_code == 302
    assert client_for(mei).get(address).url == f"/note/{note.ref}/"
    assert not Mark.objects.exists()


def test_a_share_is_not_taken_back_by_the_page(client_for: Any, mei: Any, lin: Any) -> None:
    note = make_note(mei)
    browser = client_for(lin)
    for on in ("1", "0"):
        browser.post(f"/note/{note.ref}/mark/share/", {"on": on})
    assert counters(note)["share"] == 1


def test_an_unknown_mark_does_not_exist(client_for: Any, mei: Any) -> None:
    note = make_note(mei)
    assert client_for(mei).post(f"/note/{note.ref}/mark/hate/").status_code == 404


def test_saved_and_liked_notes_are_listed_for_their_member_only(
    client_for: Any, mei: Any, lin: Any
) -> None:
    note = make_note(mei, title="Keep this")
    marks.mark(lin, note.id, kind="save")
    assert "Keep this" in client_for(lin).get("/me/saved/").content.decode()
    assert "Keep this" not in client_for(lin).get("/me/liked/").content.decode()
    publish.withdraw_note(mei, note)
    assert "Keep this" not in client_for(lin).get("/me/saved/").content.decode()
