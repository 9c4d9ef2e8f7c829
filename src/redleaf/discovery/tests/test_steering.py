"""What a member says about Explore: sliders, what to leave out, what to show less of."""

from typing import Any

import pytest

from redleaf.core.errors import Invalid, NotFound
from redleaf.core.ids import new_id
from redleaf.discovery import steering
from redleaf.discovery.models import LessOf, NotInterested
from redleaf.discovery.tests.helpers import write
from redleaf.notes.models import Topic

pytestmark = pytest.mark.django_db


def test_nobody_has_chosen_anything_to_begin_with(mei: Any) -> None:
    assert steering.steering_of(mei) == steering.NOTHING
    assert steering.steering_of(None) == steering.NOTHING
    assert set(steering.sliders_of(mei).values()) == {0}


def test_sliders_are_kept_and_given_back(mei: Any, lin: Any) -> None:
    steering.set_sliders(mei, {"fresh": 2, "friends": -1, "depth": 0})
    assert steering.steering_of(mei).sliders == {"fresh": 2, "friends": -1}
    assert steering.sliders_of(mei)["depth"] == 0
    assert steering.steering_of(lin) == steering.NOTHING


@pytest.mark.parametrize("sliders", [{"fresh": 3}, {"nothing": 1}, {"fresh": 1.5}, {"fresh": "1"}])
def test_sliders_that_there_are_not_are_refused(mei: Any, sliders: Any) -> None:
    steering.set_sliders(mei, {"fresh": 1})
    with pytest.raises(Invalid):
        steering.set_sliders(mei, sliders)
    assert steering.steering_of(mei).sliders == {"fresh": 1}


def test_more_from_small_accounts_moves_one_slider_up_to_its_end(mei: Any) -> None:
    steering.set_sliders(mei, {"fresh": 1})
    assert [steering.more_new_voices(mei) for _time in range(3)] == [1, 2, 2]
    assert steering.steering_of(mei).sliders == {"fresh": 1, "new_voices": 2}


def test_what_one_is_not_interested_in_is_left_out_until_it_is_taken_back(
    mei: Any, lin: Any
) -> None:
    note = write(mei, "Red leaves")
    for _twice in range(2):
        steering.not_interested(lin, note.id)
    assert steering.steering_of(lin).not_interested == {note.id}
    assert steering.steering_of(mei).not_interested == frozenset()
    steering.undo_not_interested(lin, note.id)
    assert steering.steering_of(lin) == steering.NOTHING


def test_a_note_that_one_may_not_read_is_not_there(mei: Any, lin: Any) -> None:
    note = write(mei, "For followers", audience="followers")
    with pytest.raises(NotFound):
        steering.not_interested(lin, note.id)
    assert not NotInterested.objects.exists()


def test_less_of_a_topic_is_less_of_all_that_belong_together(mei: Any, lin: Any) -> None:
    write(mei, "Beans", body="On #coffee")
    coffee = Topic.objects.get(key="coffee")
    canonical = Topic.objects.create(key="咖啡", name="咖啡")
    Topic.objects.filter(id=coffee.id).update(canonical=canonical)
    steering.less_of(lin, "topic", coffee.id)
    assert steering.steering_of(lin).less_topics == {"coffee", "咖啡"}
    steering.more_of(lin, "topic", coffee.id)
    assert steering.steering_of(lin).less_topics == frozenset()


def test_less_by_an_author_is_kept_and_taken_back(mei: Any, lin: Any) -> None:
    steering.less_of(lin, "author", mei.id)
    assert steering.steering_of(lin).less_authors == {mei.id}
    assert steering.left_out(lin)["authors"] == [{"id": mei.id, "name": "美美"}]
    steering.more_of(lin, "author", mei.id)
    assert steering.steering_of(lin) == steering.NOTHING


@pytest.mark.parametrize("kind", ["topic", "author", "place", ""])
def test_less_of_what_is_not_there_is_refused(lin: Any, kind: str) -> None:
    with pytest.raises(NotFound):
        steering.less_of(lin, kind, new_id())
    assert not LessOf.objects.exists()


def test_nobody_wants_less_of_oneself(mei: Any) -> None:
    with pytest.raises(Invalid):
        steering.less_of(mei, "author", mei.id)
    assert not LessOf.objects.exists()


def test_a_chosen_city_stands_for_the_places_within_it(mei: Any) -> None:
    steering.set_nearby(mei, "toronto")
    assert "toronto" in steering.places_of(steering.steering_of(mei))
    steering.set_nearby(mei, "")
    assert steering.places_of(steering.steering_of(mei)) == frozenset()
    with pytest.raises(NotFound):
        steering.set_nearby(mei, "atlantis")
