"""Published settings: each a signed public entry, none ever changed, the newest one in force.

An entry is signed over the canonical JSON of what it says and of the signature before it, so that
none can be altered, left out or put in between without the signatures after it breaking. The
database refuses to change or delete one (migration 0006).
"""

import json
import logging
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from redleaf.core import audit, clock, database
from redleaf.core.errors import Denied, Invalid
from redleaf.core.text import clean_line, clean_text
from redleaf.discovery.models import RankingVersion
from redleaf.discovery.ranking import signing
from redleaf.discovery.ranking.settings import DEFAULTS, Settings

if TYPE_CHECKING:
    from redleaf.accounts.models import Account

HOLD = 5.0  # seconds for which a process may still use the entry before
LONGEST = 4000  # letters of a reason or an effect
FIRST_REASON = "Redleaf begins with these settings; nobody has changed them yet."
FIRST_EFFECT = "Measured with the evaluation that comes with Redleaf: see docs/ranking.md."

log = logging.getLogger(__name__)
_held: dict[str, tuple[float, tuple[int, Settings]]] = {}


@dataclass(frozen=True)
class Change:
    """One setting that an entry changed; `before` is None in the first entry."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Entry:
    """A published entry with what it changed, and `text`, the bytes that `signature` is of."""

    row: RankingVersion
    changes: list[Change]
    text: str
    is_genuine: bool


def current() -> tuple[int, Settings]:
    """Return the number and the settings in force; at most five seconds old in each process.

    Without any entry the first one is written. Settings that this version cannot read (or a first
    entry that cannot be signed) fall back to Redleaf's own, with a warning in the log.
    """
    held = _held.get("now")
    if held is not None and held[0] > time.monotonic():
        return held[1]
    value = _newest()
    _held["now"] = (time.monotonic() + HOLD, value)
    return value


def forget() -> None:
    """Drop what is held, after a change in this process."""
    _held.clear()


def _newest() -> tuple[int, Settings]:
    found = _last()
    if found is None:
        try:
            found = ensure_first()
        except OSError as problem:
            log.warning("the first entry of the ranking cannot be signed: %s", problem)
            return 0, DEFAULTS
    number, settings = found
    try:
        return number, Settings.from_json(settings)
    except (ValueError, TypeError, KeyError) as problem:
        log.warning("ranking %d cannot be used, Redleaf's own is: %s", number, problem)
        return number, DEFAULTS


def ensure_first() -> tuple[int, Mapping[str, Any]]:
    """Write entry 1 if there is none; return the newest. Raises OSError without a key."""
    with transaction.atomic():
        _lock()
        if (found := _last()) is not None:
            return found
        _append("Redleaf", DEFAULTS, FIRST_REASON, FIRST_EFFECT, None)
    return 1, DEFAULTS.to_json()


def publish(
    operator: "Account | str", settings: Settings, reason: str, effect: str
) -> RankingVersion:
    """Put these settings in force, as a signed public entry; return it.

    `operator` is an operator's account, or the public name of whoever has the machine. Raises
    Denied for anybody else, Invalid without a reason, without a measured effect, or when nothing
    would change.
    """
    name = _name(operator)
    settings = _checked(settings)
    reason = _required(reason, "reason", _("Say why: the reason is published with the change."))
    effect = _required(
        effect, "effect", _("Say what it was measured to do: figures before and after.")
    )
    ensure_first()
    with transaction.atomic():
        _lock()
        last = RankingVersion.objects.order_by("-number")[0]
        if last.settings == _plain(settings.to_json()):
            raise Invalid("no_change", _("These settings are in force already."), field="settings")
        row = _append(name, settings, reason, effect, last)
        actor = None if isinstance(operator, str) else operator
        audit.record(
            actor, "ranking.publish", subject_kind="ranking_version", subject_id=str(row.number)
        )
    forget()
    return row


def entries() -> list[Entry]:
    """Return every entry, the newest first, each with what it changed and whether it is genuine."""
    return list(_walk())[::-1]


def verify_all() -> int | None:
    """Return the number of the first entry that is missing or not as it was signed, or None."""
    for expected, entry in enumerate(_walk(), 1):
        if entry.row.number != expected or not entry.is_genuine:
            return expected
    return None


def as_json(entry: Entry) -> dict[str, Any]:
    """Return an entry as /ranking/versions.json has it: `signed` are the bytes to check."""
    return {**json.loads(entry.text), "signed": entry.text, "signature": entry.row.signature}


def _walk() -> Iterator[Entry]:
    previous: RankingVersion | None = None
    for row in RankingVersion.objects.order_by("number").iterator():
        text = _text(row, previous.signature if previous else "")
        changes = _changes(previous.settings if previous else {}, row.settings)
        yield Entry(row, changes, text, signing.is_signed(text, row.signature))
        previous = row


def _append(
    name: str, settings: Settings, reason: str, effect: str, last: RankingVersion | None
) -> RankingVersion:
    row = RankingVersion(
        number=last.number + 1 if last else 1,
        at=clock.now(),
        decided_by=name,
        reason=reason,
        effect=effect,
        settings=_plain(settings.to_json()),
    )
    row.signature = signing.sign(_text(row, last.signature if last else ""))
    row.save(force_insert=True)
    return row


def _text(row: RankingVersion, previous: str) -> str:
    """Return the canonical JSON of an entry: names in order, no spaces, letters as they are."""
    return json.dumps(
        {
            "number": row.number,
            "at": row.at.astimezone(UTC).isoformat(),
            "decided_by": row.decided_by,
            "reason": row.reason,
            "effect": row.effect,
            "settings": row.settings,
            "previous": previous,
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    flat_before, flat_after = _flat(before), _flat(after)
    names = [*flat_after, *(name for name in flat_before if name not in flat_after)]
    return [
        Change(name, flat_before.get(name), flat_after.get(name))
        for name in names
        if flat_before.get(name) != flat_after.get(name)
    ]


def _flat(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings with weights as names like "weights.age"."""
    weights = settings.get("weights", {})
    return {f"weights.{name}": value for name, value in weights.items()} | {
        name: value for name, value in settings.items() if name != "weights"
    }


def _last() -> tuple[int, Mapping[str, Any]] | None:
    found = database.values(
        "SELECT number, settings FROM discovery_ranking_version ORDER BY number DESC LIMIT 1"
    )
    return (found[0][0], found[0][1]) if found else None


def _lock() -> None:
    """Hold the end of the chain: two entries never have the same one before them."""
    database.execute("LOCK TABLE discovery_ranking_version IN SHARE ROW EXCLUSIVE MODE")


def _plain(value: Any) -> Any:
    """Return a value as it comes back from the database, for what is signed is read again."""
    return json.loads(json.dumps(value))


def _checked(settings: Settings) -> Settings:
    try:
        return Settings.from_json(_plain(settings.to_json()))
    except (ValueError, TypeError) as problem:
        raise Invalid("bad_settings", str(problem), field="settings") from None


def _name(operator: "Account | str") -> str:
    if isinstance(operator, str):
        name = clean_line(operator)[:80]
        if not name:
            raise Invalid("no_name", _("Say who decided this."), field="decided_by")
        return name
    if not operator.is_active or not operator.is_staff:
        raise Denied(message=_("Only operators decide how Explore is ordered."))
    return (operator.display_name or operator.handle)[:80]


def _required(text: str, field: str, words: str) -> str:
    made = clean_text(text)
    if not made:
        raise Invalid(f"no_{field}", words, field=field)
    if len(made) > LONGEST:
        raise Invalid(
            f"long_{field}", _("At most %(count)d characters.") % {"count": LONGEST}, field=field
        )
    return made
