"""The one read policy: the query and its SQL twin say the same, for everyone and every audience."""

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redleaf.core import clock
from redleaf.core.errors import NotFound
from redleaf.graph import services as graph
from redleaf.graph.models import Audience, PeopleList, PeopleListMember
from redleaf.notes.models import Note
from redleaf.notes.selectors import lists, note_for, readable_ids, visible_notes
from redleaf.notes.selectors.page import note_page
from redleaf.notes.services import publish
from redleaf.notes.tests.factories import make_note

PEOPLE = ("mei", "lin", "antoine", "grace", "wei", "bo", "keeper")


@pytest.fixture
def notes(cast: Any) -> dict[str, Note]:
    """One note of mei's for each audience; antoine is on the list."""
    people = PeopleList.objects.create(owner=cast.mei, name="Soup")
    PeopleListMember.objects.create(people_list=people, account=cast.antoine)
    made = {
        audience: make_note(
            cast.mei,
            title=audience,
            audience=audience,
            audience_list_id=people.id if audience == "list" else None,
        )
        for audience in Audience.values
    }
    made["scheduled"] = make_note(cast.mei, scheduled_at=clock.now() + timedelta(days=1))
    made["withdrawn"] = make_note(cast.mei)
    publish.withdraw_note(cast.mei, made["withdrawn"])
    return made


@pytest.mark.parametrize(
    ("reader", "seen"),
    [
        ("mei", {"public", "followers", "mutuals", "only_me", "list", "scheduled"}),
        ("lin", {"public", "followers", "mutuals"}),
        ("antoine", {"public", "followers", "list"}),
        ("grace", {"public"}),
        ("wei", set()),
        ("keeper", {"public"}),
        (None, {"public"}),
    ],
)
def test_who_sees_what(
    cast: Any, notes: dict[str, Note], reader: str | None, seen: set[str]
) -> None:
    viewer = getattr(cast, reader) if reader else None
    expected = {notes[name].id for name in seen}
    assert set(visible_notes(viewer).values_list("id", flat=True)) == expected
    assert readable_ids(viewer, [note.id for note in notes.values()]) == expected


def test_a_block_hides_in_both_directions(cast: Any) -> None:
    of_wei = make_note(cast.wei)
    of_mei = make_note(cast.mei)
    assert not visible_notes(cast.mei).filter(id=of_wei.id).exists()
    assert not visible_notes(cast.wei).filter(id=of_mei.id).exists()


def test_a_mute_hides_nothing_that_is_asked_for(cast: Any) -> None:
    note = make_note(cast.bo)
    assert note_for(cast.grace, note.id) == note


def test_notes_of_a_closed_or_suspended_account_are_hidden_even_from_itself(cast: Any) -> None:
    note = make_note(cast.mei)
    cast.mei.is_active = False
    cast.mei.save(update_fields=["is_active"])
    for viewer in (cast.mei, cast.lin, None):
        with pytest.raises(NotFound):
            note_for(viewer, note.id)


def test_without_its_list_a_note_is_its_authors_alone(cast: Any, notes: dict[str, Note]) -> None:
    PeopleList.objects.all().delete()
    assert not visible_notes(cast.antoine).filter(id=notes["list"].id).exists()
    assert visible_notes(cast.mei).filter(id=notes["list"].id).exists()


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["follow", "unfollow", "block", "unblock", "list"]),
        st.sampled_from(PEOPLE),
        st.sampled_from(PEOPLE),
    ),
    max_size=14,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=ACTS, author=st.sampled_from(PEOPLE), audience=st.sampled_from(Audience.values))
def test_query_and_sql_agree_whatever_people_did(
    cast: Any, acts: list[tuple[str, str, str]], author: str, audience: str
) -> None:
    owner = getattr(cast, author)
    people = PeopleList.objects.create(owner=owner, name=f"List {PeopleList.objects.count()}")
    for act, one, other in acts:
        first, second = getattr(cast, one), getattr(cast, other)
        if act == "list":
            PeopleListMember.objects.get_or_create(people_list=people, account=second)
        elif one != other:
            try:
                getattr(graph, act)(first, second)
            except NotFound:
                continue  # one cannot follow somebody hidden by a block
    note = make_note(
        owner, audience=audience, audience_list_id=people.id if audience == "list" else None
    )
    for viewer in [*(getattr(cast, handle) for handle in PEOPLE), None]:
        by_query = visible_notes(viewer).filter(id=note.id).exists()
        assert readable_ids(viewer, [note.id]) == ({note.id} if by_query else set())
        assert (
            note.id in [row.note_id for row in lists.notes_by(viewer, owner.id).items]
        ) is by_query
        try:
            seen = note_page(viewer, note.id).id == note.id
        except NotFound:
            seen = False
        assert seen is by_query


PATHS = (
    "/note/{ref}/",
    "/note/{ref}/?overlay=1",
    "/note/{ref}/history/",
    "/note/{ref}/comments/",
    "/note/{ref}/save/",
)


@pytest.mark.parametrize("reader", ["lin", "antoine", "grace", "wei", "keeper", None])
def test_every_address_of_a_hidden_note_answers_not_found(
    cast: Any, client_for: Any, client: Any, reader: str | None
) -> None:
    note = make_note(cast.mei, title="Secret soup", audience="only_me", place="toronto", pictures=1)
    browser = client_for(getattr(cast, reader)) if reader else client
    for path in PATHS:
        answer = browser.get(path.format(ref=note.ref))
        assert answer.status_code in {302, 404}, path
        assert b"Secret soup" not in answer.content, path
    for path in ("/@mei", "/place/toronto/", "/", "/?sort=new", "/search/?q=soup"):
        assert b"Secret soup" not in browser.get(path).content, path
    picture = note.pictures.get().asset
    assert browser.get(f"/media/{picture.ref}/66.jpg").status_code == 404
    for path in ("mark/like/", "comment/", "withdraw/", "schedule/", "edit/"):
        answer = browser.post(f"/note/{note.ref}/{path}", {"on": "1", "act": "now", "body": "x"})
        assert answer.status_code in {302, 404, 405}, path
    assert Note.objects.get().is_published


def test_a_hidden_note_reads_exactly_as_one_that_never_was(cast: Any, client_for: Any) -> None:
    note = make_note(cast.mei, audience="only_me")
    browser = client_for(cast.grace)
    other = "0" + note.ref[1:-1] + ("0" if note.ref[-1] != "0" else "1")
    one, two = (browser.get(f"/note/{ref}/") for ref in (note.ref, other))
    secrets = re.compile(
        rb'nonce="[^"]+"|value="[^"]*"|"X-CSRFToken": "[^"]+"|'
        + note.ref.encode()
        + b"|"
        + other.encode()
    )
    assert one.status_code == two.status_code == 404
    assert secrets.sub(b"", one.content) == secrets.sub(b"", two.content)
