"""Channels and places: what a new edition starts with, names by language, and their admin."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from redleaf.core.errors import NotFound
from redleaf.editions import selectors
from redleaf.editions.file import LANGUAGES
from redleaf.editions.models import Channel, Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    selectors.forget()
    yield
    selectors.forget()


def test_a_new_edition_has_channels_and_places_named_in_every_language() -> None:
    for row in [*selectors.channels(), *selectors.places()]:
        assert set(row.names) == set(LANGUAGES), row.slug
    assert len(selectors.channels()) == 16 and len(selectors.cities()) >= 15


def test_every_place_lies_within_a_province() -> None:
    for place in selectors.places():
        top = place
        while top.parent_id:
            top = next(item for item in selectors.places() if item.id == top.parent_id)
        assert top.kind == "province", place.slug


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Skincare"), ("fr", "Soins"), ("zh-hans", "护肤"), ("zh-hant", "護膚")],
)
def test_a_channel_is_called_as_its_reader_says(language: str, name: str) -> None:
    with translation.override(language):
        assert selectors.channel_by_slug("skincare").name == name


def test_a_name_that_is_not_there_is_the_english_one_else_the_slug() -> None:
    assert Channel(slug="tea", names={"en": "Tea"}).name_in("fr") == "Tea"
    assert Channel(slug="tea", names={}).name_in("fr") == "tea"


def test_a_place_includes_what_lies_within_it() -> None:
    ontario = selectors.place_by_slug("ontario")
    within = {place.slug for place in selectors.places_within(ontario)}
    assert {"ontario", "toronto", "uoft", "kensington-market"} <= within
    assert "vancouver" not in within


@pytest.mark.parametrize("slug", ["", "nowhere", "TORONTO", "\x00"])
def test_an_unknown_one_is_not_found(slug: str) -> None:
    with pytest.raises(NotFound):
        selectors.place_by_slug(slug)
    with pytest.raises(NotFound):
        selectors.channel_by_slug(slug)


def test_a_closed_channel_is_not_offered() -> None:
    Channel.objects.filter(slug="tech").update(is_open=False)
    assert "tech" not in [channel.slug for channel in selectors.channels()]
    with pytest.raises(NotFound):
        selectors.channel_by_slug("tech")


def test_what_is_held_is_read_anew_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    selectors.channels()
    Channel.objects.filter(slug="tech").delete()
    assert "tech" in [channel.slug for channel in selectors.channels()]
    moment = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: moment + selectors.HOLD + 1)
    assert "tech" not in [channel.slug for channel in selectors.channels()]


# --- The admin ---------------------------------------------------------------------------------
NAMES = {"name_en": "Tea", "name_fr": "Thé", "name_zh_hans": "茶", "name_zh_hant": " 茶 "}


def test_an_operator_adds_a_channel_in_every_language(
    keeper: Any, client_for: Callable[[Any], Client]
) -> None:
    selectors.channels()
    answer = client_for(keeper).post(
        "/admin/editions/channel/add/", {"slug": "tea", "position": 40, "is_open": "on", **NAMES}
    )
    assert answer.status_code == 302
    made = selectors.channel_by_slug("tea")
    assert made.names == {"en": "Tea", "fr": "Thé", "zh-hans": "茶", "zh-hant": "茶"}


def test_an_operator_changes_a_places_name_and_it_shows_at_once(
    keeper: Any, client_for: Callable[[Any], Client]
) -> None:
    place = selectors.place_by_slug("high-park")
    browser = client_for(keeper)
    address = f"/admin/editions/place/{place.pk}/change/"
    assert "海柏公园".encode() in browser.get(address).content
    answer = browser.post(
        address,
        {"slug": "high-park", "kind": "spot", "parent": str(place.parent_id), **NAMES},
    )
    assert answer.status_code == 302
    assert selectors.place_by_slug("high-park").name_in("fr") == "Thé"


def test_a_name_in_english_is_needed(keeper: Any, client_for: Callable[[Any], Client]) -> None:
    for english in ("", "   "):
        answer = client_for(keeper).post(
            "/admin/editions/channel/add/",
            {"slug": "tea", "position": 40, **NAMES, "name_en": english},
        )
        assert answer.status_code == 200 and b"errorlist" in answer.content
    assert not Channel.objects.filter(slug="tea").exists()


@pytest.mark.parametrize("path", ["channel/", "place/", "place/?q=护", "channel/add/"])
def test_the_admins_pages_open(keeper: Any, client_for: Callable[[Any], Client], path: str) -> None:
    assert client_for(keeper).get(f"/admin/editions/{path}").status_code == 200


def test_a_place_of_an_unknown_kind_cannot_be_stored() -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(slug="moon", kind="moon")


def test_every_starting_place_but_a_province_has_its_middle_on_the_map() -> None:
    for place in selectors.places():
        assert (place.latitude is None) == (place.kind == "province"), place.slug
        parent = place.parent
        if parent is not None and parent.latitude is not None and place.latitude is not None:
            far = selectors.distance(
                place.latitude, place.longitude, parent.latitude, parent.longitude
            )
            assert far < 60, place.slug


def test_distances_are_those_of_a_map() -> None:
    assert selectors.distance(43.6532, -79.3832, 45.5019, -73.5674) == pytest.approx(504, abs=2)
    assert selectors.distance(0, 179.9, 0, -179.9) == pytest.approx(22.2, abs=0.1)


def test_near_a_place_are_others_by_distance_without_itself_and_what_it_holds() -> None:
    found = selectors.near(selectors.place_by_slug("toronto"), within=30)
    assert [(place.slug, round(far)) for place, far in found] == [
        ("pacific-mall", 20),
        ("markham", 23),
    ]
    assert selectors.near(selectors.place_by_slug("ontario"), within=10_000) == []


def test_a_place_has_both_coordinates_or_neither() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(slug="half", kind="spot", latitude=43.0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(slug="off", kind="spot", latitude=143.0, longitude=0.0)
    assert not Place.objects.filter(slug__in=["half", "off"]).exists()
