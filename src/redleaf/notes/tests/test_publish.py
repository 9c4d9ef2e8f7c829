"""Publishing: what a note becomes, and what is refused with nothing changed."""

from typing import Any

import pytest

from redleaf.core import ids
from redleaf.core.errors import NotFound, TooMany
from redleaf.core.models import OutboxEvent
from redleaf.media.models import Asset
from redleaf.notes.models import Note, NoteTally, Topic
from redleaf.notes.selectors import note_for
from redleaf.notes.services import publish
from redleaf.notes.services.content import Content, ContentRefused, PictureChoice
from redleaf.notes.tests.factories import make_note, make_picture_asset


def events_named(name: str) -> list[dict[str, Any]]:
    return [event.payload for event in OutboxEvent.objects.all() if event.name.endswith(name)]


def refused(account: Any, **fields: Any) -> dict[str, str]:
    """Return the errors of a refused note, and see that nothing was stored."""
    with pytest.raises(ContentRefused) as caught:
        publish.publish_note(
            account, content=Content(**{"kind": "words", "title": "红叶", **fields})
        )
    assert not Note.objects.exists()
    return caught.value.errors


def test_a_note_is_published_with_its_pictures_in_order(mei: Any) -> None:
    assets = [make_picture_asset(mei, number=number) for number in range(3)]
    choices = tuple(PictureChoice(asset.id, f"leaf {asset.ref}") for asset in reversed(assets))
    note = publish.publish_note(
        mei, content=Content(kind="picture", title="Leaves", pictures=choices)
    )
    assert [picture.asset_id for picture in note.pictures.all()] == [
        asset.id for asset in reversed(assets)
    ]
    assert note.pictures.first().alt == f"leaf {assets[2].ref}"


def test_a_published_note_is_announced_and_listed(mei: Any) -> None:
    note = make_note(mei)
    assert [event["note_id"] for event in events_named("NotePublished")] == [str(note.id)]
    assert note.tally.listed


def test_a_restricted_note_is_not_listed(mei: Any) -> None:
    assert not make_note(mei, audience="followers").tally.listed


def test_its_files_belong_to_the_note(mei: Any) -> None:
    note = make_note(mei, pictures=1)
    asset = Asset.objects.get()
    assert (asset.attached_kind, asset.attached_id) == ("note", note.id)


def test_topics_and_people_are_taken_from_the_words(mei: Any, lin: Any) -> None:
    note = make_note(
        mei, body="Ask @lin about #護膚 and #护肤 and #winter#, not a#b or @nobody_here"
    )
    assert sorted(note.note_topics.values_list("topic__key", flat=True)) == ["winter", "护肤"]
    assert [mention.account_id for mention in note.mentions.all()] == [lin.id]
    assert Topic.objects.get(key="winter").note_count == 1


def test_a_mentioned_person_is_told_once(mei: Any, lin: Any) -> None:
    make_note(mei, body="@lin @lin @mei")
    assert [event["account_id"] for event in events_named("NoteMentioned")] == [str(lin.id)]


def test_words_drop_pictures_that_they_would_not_show(mei: Any) -> None:
    asset = make_picture_asset(mei)
    note = publish.publish_note(
        mei, content=Content(kind="words", title="红叶", pictures=(PictureChoice(asset.id),))
    )
    assert not note.pictures.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "叶" * 21}, "title"),
        ({"body": "a" * 2001}, "body"),
        ({"kind": "long"}, "body"),
        ({"kind": "picture"}, "pictures"),
        ({"kind": "video"}, "video"),
        ({"kind": "song"}, "kind"),
        ({"language": "de"}, "language"),
        ({"audience": "friends"}, "audience"),
        ({"audience": "list"}, "audience"),
        ({"channel": "no-such"}, "channel"),
        ({"place": "atlantis"}, "place"),
        ({"place_detail": "楼" * 31}, "place_detail"),
        ({"reply_policy": "some"}, "reply_policy"),
        ({"cover_design": "gold"}, "cover_design"),
        ({"body": " ".join(f"#topic{number}" for number in range(21))}, "body"),
        ({"body": " ".join(f"@member{number}" for number in range(21))}, "body"),
    ],
)
def test_what_breaks_a_rule_is_refused_at_its_field(
    mei: Any, fields: dict[str, Any], field: str
) -> None:
    assert list(refused(mei, **fields)) == [field]


def test_every_broken_rule_is_told_at_once(mei: Any) -> None:
    assert set(refused(mei, title="", kind="picture", channel="no")) == {
        "title",
        "pictures",
        "channel",
    }


def test_another_members_picture_is_refused(mei: Any, lin: Any) -> None:
    choice = PictureChoice(make_picture_asset(lin).id)
    assert "pictures" in refused(mei, kind="picture", pictures=(choice,))


def test_a_picture_of_another_note_is_refused(mei: Any) -> None:
    other = make_note(mei, pictures=1, audience="only_me")
    choice = PictureChoice(other.pictures.get().asset_id)
    with pytest.raises(ContentRefused):
        publish.publish_note(mei, content=Content(kind="picture", title="x", pictures=(choice,)))
    assert Note.objects.get() == other
    assert Asset.objects.get().attached_id == other.id


def test_nineteen_pictures_are_one_too_many(mei: Any) -> None:
    asset = make_picture_asset(mei)
    made = [
        Asset.objects.create(owner=mei, kind="picture", manifest=asset.manifest) for _ in range(18)
    ]
    everything = [PictureChoice(item.id) for item in [asset, *made]]
    assert "pictures" in refused(mei, kind="picture", pictures=tuple(everything))
    publish.publish_note(
        mei, content=Content(kind="picture", title="x", pictures=tuple(everything[:18]))
    )


def test_an_own_list_can_be_an_audience_and_anothers_cannot(mei: Any, lin: Any) -> None:
    from redleaf.graph.models import PeopleList

    own, other = (PeopleList.objects.create(owner=each, name="Family") for each in (mei, lin))
    assert "audience" in refused(mei, audience="list", audience_list_id=other.id)
    note = make_note(mei, audience="list", audience_list_id=own.id)
    assert note.audience_list_id == own.id


def test_thirty_notes_an_hour_are_enough(mei: Any, settings: Any) -> None:
    settings.REDLEAF_RATE_LIMITS = True
    for _ in range(30):
        make_note(mei)
    with pytest.raises(TooMany):
        make_note(mei)
    assert Note.objects.count() == 30


def test_a_withdrawn_note_is_gone_for_everyone(mei: Any) -> None:
    note = make_note(mei, body="#winter", pictures=1)
    publish.withdraw_note(mei, note)
    publish.withdraw_note(mei, note)
    with pytest.raises(NotFound):
        note_for(mei, note.id)
    assert not NoteTally.objects.get().listed
    assert Topic.objects.get().note_count == 0
    assert Asset.objects.get().released_at is not None
    assert len(events_named("NoteWithdrawn")) == 1


def test_nobody_withdraws_anothers_note(mei: Any, lin: Any) -> None:
    note = make_note(mei)
    with pytest.raises(NotFound):
        publish.withdraw_note(lin, note)
    assert Note.objects.get().state == "published"


def test_a_note_in_an_address_is_not_a_number(mei: Any) -> None:
    assert ids.decode(make_note(mei).ref)


def test_a_closed_account_takes_its_notes_out_of_topics_and_brings_them_back(
    mei: Any, deliver_events: Any
) -> None:
    from redleaf.accounts import services as accounts

    note = make_note(mei, body="#winter")
    accounts.close_account(mei)
    deliver_events()
    note.tally.refresh_from_db()
    assert not note.tally.listed
    assert Topic.objects.get().note_count == 0
