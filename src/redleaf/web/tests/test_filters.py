"""Numbers, dates and lengths as locals write them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from redleaf.core import clock
from redleaf.web import filters

NOON = datetime(2026, 4, 3, 16, 0, tzinfo=UTC)
NBSP = "\xa0"


@pytest.mark.parametrize(
    ("number", "en", "fr", "zh"),
    [
        (0, "0", "0", "0"),
        (999, "999", "999", "999"),
        (1000, "1K", "1 k", "1000"),
        (1200, "1.2K", "1,2 k", "1200"),
        (9999, "10K", "10 k", "9999"),
        (10_000, "10K", "10 k", "1万"),
        (12_000, "12K", "12 k", "1.2万"),
        (123_456, "123.5K", "123,5 k", "12.3万"),
        (1_234_567, "1.2M", "1,2 M", "123.5万"),
        (123_456_789, "123.5M", "123,5 M", "1.2亿"),
    ],
)
def test_counts_in_four_languages(number: int, en: str, fr: str, zh: str) -> None:
    assert filters.compact(number, "en") == en
    assert filters.compact(number, "fr") == fr.replace(" ", NBSP)
    assert filters.compact(number, "zh-hans") == zh
    assert filters.compact(number, "zh-hant") == zh.replace("万", "萬").replace("亿", "億")


def test_a_count_follows_the_readers_language() -> None:
    with translation.override("zh-hans"):
        assert filters.compact(12_000) == "1.2万"
    with translation.override("fr"):
        assert filters.compact(12_000) == f"12{NBSP}k"


def shown(age: timedelta, language: str) -> str:
    """Return how a moment of this age is shown, without its element."""
    with clock.frozen(NOON), translation.override(language):
        html = str(filters.when(NOON - age))
    return html.partition(">")[2].removesuffix("</time>")


@pytest.mark.parametrize(
    ("age", "en", "fr", "zh"),
    [
        (timedelta(seconds=5), "5 seconds ago", "il y a 5 secondes", "5秒钟前"),
        (timedelta(minutes=12), "12 minutes ago", "il y a 12 minutes", "12分钟前"),
        (timedelta(hours=3), "3 hours ago", "il y a 3 heures", "3小时前"),
        (timedelta(days=6), "6 days ago", "il y a 6 jours", "6天前"),
    ],
)
def test_within_a_week_a_moment_is_told_by_its_age(
    age: timedelta, en: str, fr: str, zh: str
) -> None:
    assert shown(age, "en") == en
    assert shown(age, "fr") == fr
    assert shown(age, "zh-hans") == zh


@pytest.mark.parametrize(
    ("age", "en", "fr", "zh"),
    [
        (timedelta(days=7), "Mar 27", "27 mars", "3月27日"),
        (timedelta(days=60), "Feb 2", "2 févr.", "2月2日"),
        (timedelta(days=400), "Feb 27, 2025", "27 févr. 2025", "2025年2月27日"),
    ],
)
def test_after_a_week_it_is_a_date_and_after_the_year_one_with_its_year(
    age: timedelta, en: str, fr: str, zh: str
) -> None:
    assert shown(age, "en").replace(".", "") == en
    assert shown(age, "fr") == fr
    assert shown(age, "zh-hans") == shown(age, "zh-hant") == zh


def test_a_moment_to_come_is_a_date() -> None:
    assert shown(-timedelta(days=2), "en") == "Apr 5"


def test_a_moment_says_its_full_time_to_machines_and_on_demand() -> None:
    with clock.frozen(NOON), translation.override("en"), timezone.override("America/Toronto"):
        html = str(filters.when(NOON))
    assert 'datetime="2026-04-03T16:00:00+00:00"' in html
    assert "April 3, 2026" in html and "12:00:00" in html


def test_the_date_is_that_of_the_readers_own_zone() -> None:
    late = datetime(2026, 1, 1, 3, 0, tzinfo=UTC)
    with clock.frozen(NOON), translation.override("en"), timezone.override("America/Vancouver"):
        assert "Dec 31, 2025" in filters.when(late)
        assert "Dec" in filters.moment(late) and "7:00" in filters.moment(late)


def test_no_moment_is_nothing() -> None:
    assert filters.when(None) == "" and filters.moment(None) == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "0:00"), (5, "0:05"), (65, "1:05"), (599.6, "10:00"), (3725, "1:02:05")],
)
def test_a_videos_length(seconds: float | None, words: str) -> None:
    assert filters.duration(seconds) == words


@pytest.mark.parametrize(
    ("name", "letter"), [("grace", "G"), ("  美美", "美"), ("", "·"), ("<b>", "&lt;"), ("ß", "SS")]
)
def test_an_initial(name: str, letter: str) -> None:
    assert filters.initial(name) == letter


def test_tags_of_languages_are_those_that_browsers_know() -> None:
    tags = [filters.language_tag(code) for code in ("en", "fr", "zh-hans", "zh-hant")]
    assert tags == ["en", "fr", "zh-Hans", "zh-Hant"]
