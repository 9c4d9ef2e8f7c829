"""Numbers, dates and lengths in the reader's manner."""

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from babel.core import Locale
from babel.dates import format_date, format_datetime, format_time, format_timedelta
from babel.numbers import format_compact_decimal
from django.utils import timezone
from django.utils.translation import get_language
from markupsafe import Markup, escape

from redleaf.core import clock, ids
from redleaf.core.text import units

BABEL = {"en": "en_CA", "fr": "fr_CA", "zh-hans": "zh_Hans_CN", "zh-hant": "zh_Hant_TW"}
WEEK_SECONDS = 7 * 86400


@lru_cache(maxsize=8)
def locale(language: str) -> Locale:
    """Return the Babel locale whose manners a language of the interface follows."""
    return Locale.parse(BABEL.get(language, "en_CA"))


def compact(number: int, language: str | None = None) -> str:
    """Return a count as locals write it: 12K in English, 12 k in French, 1.2万 in Chinese."""
    return _compact(int(number), language or get_language() or "en")


@lru_cache(maxsize=4096)
def _compact(number: int, language: str) -> str:
    return format_compact_decimal(number, locale=locale(language), fraction_digits=1)


def when(moment: datetime | None) -> Markup:
    """Return a moment in a <time>: relative for the first week, then the date."""
    if moment is None:
        return Markup("")
    language = get_language() or "en"
    local = timezone.localtime(moment)
    age = (clock.now() - moment).total_seconds()
    if 0 <= age < WEEK_SECONDS:
        shown = format_timedelta(
            -(clock.now() - moment), add_direction=True, locale=locale(language), threshold=0.9
        )
    else:
        this_year = local.year == timezone.localtime(clock.now()).year
        shown = _date(local, language, this_year)
    full = format_datetime(local, "long", locale=locale(language))
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        moment.isoformat(timespec="seconds"), full, shown
    )


def moment(value: datetime | None) -> str:
    """Return date and time to the minute, in the reader's time zone."""
    if value is None:
        return ""
    local, manner = timezone.localtime(value), locale(get_language() or "en")
    return f"{format_date(local, 'medium', manner)} {format_time(local, 'short', locale=manner)}"


def _date(local: datetime, language: str, this_year: bool) -> str:
    if not this_year:
        return format_date(local, "medium", locale=locale(language))
    pattern = {"en": "MMM d", "fr": "d MMM", "zh-hans": "M月d日", "zh-hant": "M月d日"}
    return format_date(local, pattern.get(language, "MMM d"), locale=locale(language))


def duration(seconds: float | None) -> str:
    """Return a video's length as 1:05."""
    whole = round(seconds or 0)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def ref(value: UUID | str) -> str:
    """Return how addresses write an id."""
    return value if isinstance(value, str) else ids.encode(value)


def language_tag(code: str) -> str:
    """Return the BCP 47 tag for a lang attribute: zh-Hans, zh-Hant, en, fr."""
    return {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(code, code)


def initial(name: str) -> str:
    """Return the character that stands for a person without a picture."""
    stripped = name.strip()
    return str(escape(stripped[0].upper())) if stripped else "·"


def hue(text: str) -> int:
    """Return an angle on the colour circle for a text, the same each time."""
    return sum(ord(character) * 31 for character in text) % 360


FILTERS = {
    "hue": hue,
    "compact": compact,
    "when": when,
    "moment": moment,
    "duration": duration,
    "ref": ref,
    "units": units,
    "language_tag": language_tag,
    "initial": initial,
}
