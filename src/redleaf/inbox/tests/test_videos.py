"""A video that could not be made is told to its owner, with the way to try again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from redleaf.core import clock
from redleaf.inbox import handlers, selectors, services
from redleaf.inbox.models import Notice, NoticeKind
from redleaf.media import jobs
from redleaf.media import services as media
from redleaf.media.events import VideoFailed
from redleaf.media.models import Asset, AssetKind, AssetState
from redleaf.notes.models import Note
from redleaf.notes.services import drafts
from redleaf.notes.tests.factories import make_note

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Client]
Deliver = Callable[[], int]


def make_film(owner: Any, **fields: Any) -> Asset:
    """Return a video that could not be made, as the worker leaves it."""
    given = {"state": AssetState.FAILED, "failure": "no_room", "source_path": "quarantine/film"}
    return Asset.objects.create(
        owner=owner, kind=AssetKind.VIDEO, name="IMG_1.mov", **{**given, **fields}
    )


def make_film_note(author: Any, **fields: Any) -> tuple[Asset, Note]:
    """Return a video that failed after its note was published, and the note."""
    film = make_film(author, state=AssetState.PROCESSING, failure="")
    note = make_note(author, kind="video", video_id=film.id, **fields)
    Asset.objects.filter(id=film.id).update(state=AssetState.FAILED, failure="no_room")
    film.refresh_from_db()
    return film, note


def fail(film: Asset, *, after: int = 0) -> None:
    moment = clock.now() + timedelta(seconds=after)
    handlers.on_video_failure(VideoFailed(film.id, film.owner_id, moment))


def lines(account: Any) -> list[selectors.Line]:
    return selectors.notices(account).items


def test_a_film_that_the_worker_gives_up_is_told_to_its_owner(
    mei: Any, deliver_events: Deliver
) -> None:
    film = make_film(mei, state=AssetState.PROCESSING, failure="")
    jobs.transcode(asset_id=str(film.id))  # nothing lies where its source should be
    deliver_events()
    (line,) = lines(mei)
    assert line.kind == NoticeKind.VIDEO_FAILED and selectors.unread_count(mei) == 1
    assert line.reason == "This video is no longer there. Please send it again."


def test_it_leads_to_the_note_where_the_button_is(mei: Any, client_for: ClientFor) -> None:
    film, note = make_film_note(mei, title="Skating")
    fail(film)
    (line,) = lines(mei)
    assert (line.subject, line.path) == ("Skating", f"/note/{note.ref}/")
    browser = client_for(mei)
    inbox = browser.get("/inbox/?lang=en").content.decode()
    assert "The video in “Skating” could not be prepared" in inbox
    assert f"/media/{film.ref}/retry/" in browser.get(line.path).content.decode()


def test_it_leads_to_the_draft_where_the_button_is(mei: Any, client_for: ClientFor) -> None:
    film = make_film(mei)
    content = {**drafts.empty_content(mei, "video"), "title": "Rink", "video": film.ref}
    draft = drafts.save_draft(mei, content=content, draft=None).draft
    fail(film)
    (line,) = lines(mei)
    assert (line.subject, line.path) == ("Rink", f"/publish/{draft.ref}/")
    assert "retry_video:0" in client_for(mei).get(line.path).content.decode()


def test_one_that_stands_nowhere_leads_to_the_composer(mei: Any, client_for: ClientFor) -> None:
    film = make_film(mei)
    fail(film)
    (line,) = lines(mei)
    assert (line.subject, line.words, line.path) == ("", film.name, "/publish/?kind=video")
    assert client_for(mei).get(line.path).status_code == 200


def test_a_failure_delivered_twice_is_told_once(mei: Any) -> None:
    film = make_film(mei)
    event = VideoFailed(film.id, mei.id, clock.now())
    handlers.on_video_failure(event)
    services.mark_read(mei)
    handlers.on_video_failure(event)
    assert Notice.objects.count() == 1 and selectors.unread_count(mei) == 0


def test_another_try_that_fails_is_told_again_and_gathers_while_unread(mei: Any) -> None:
    film = make_film(mei)
    fail(film)
    fail(film, after=60)
    assert len(lines(mei)) == 1
    services.mark_read(mei)
    fail(film, after=120)
    assert [line.is_new for line in lines(mei)] == [True, False]


def test_a_film_that_is_tried_again_is_no_longer_spoken_of(mei: Any) -> None:
    film = make_film(mei)
    fail(film)
    media.retry_video(mei, film)
    assert lines(mei) == []


def test_nobody_is_shown_another_persons_film(mei: Any, lin: Any) -> None:
    film = make_film(mei)
    handlers.on_video_failure(VideoFailed(film.id, lin.id, clock.now()))
    assert lines(lin) == []
