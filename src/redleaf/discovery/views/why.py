"""Why was I shown this: one card of a receipt in words and numbers, and what to do about it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from redleaf.accounts.people import viewer
from redleaf.core import ids
from redleaf.core.errors import NotFound
from redleaf.discovery.ranking import composing, receipts
from redleaf.discovery.ranking.composing import NEW, TRIAL, Candidate, Inputs, Placed
from redleaf.graph.selectors import viewer_id
from redleaf.notes.selectors import cards, note_for, texts


@never_cache
@require_safe
def why(request: HttpRequest, receipt_id: UUID, note_id: UUID) -> HttpResponse:
    """Show how a note came to its place, to everybody if the list was for everybody, else to the
    member whose list it was."""
    reader = viewer(request)
    receipt = receipts.receipt(receipt_id)
    if receipt.account_id not in {None, viewer_id(reader)}:
        raise NotFound()
    note = note_for(reader, note_id)
    inputs = receipt.inputs
    candidate, placed = _find(inputs, ids.encode(note_id))
    context = {
        "active_door": "home",
        "note": note,
        "receipt": receipt,
        "is_personal": inputs.is_personal,
        "placed": placed,
        "count": len(inputs.candidates),
        "source": source_words(candidate),
        "place": place_words(placed),
        "signals": _signals(candidate, inputs),
        "sliders": {name: value for name, value in inputs.sliders.items() if value},
        "card": "".join(cards(reader, [note_id], get_language() or "en")),
        "topics": texts.topics_by_id(texts.topic_ids_of(note_id)),
    }
    return render(request, "discovery/why.html", context)


def _find(inputs: Inputs, key: str) -> tuple[Candidate, Placed]:
    candidate = next((item for item in inputs.candidates if item.key == key), None)
    placed = next((item for item in composing.compose(inputs) if item.key == key), None)
    if candidate is None or placed is None:
        raise NotFound()
    return candidate, placed


def source_words(candidate: Candidate) -> str:
    """Return how a note came to be looked at at all."""
    return {
        "benefit": _("Others found it useful: it is among the notes with the most benefit."),
        "fresh": _("It is new: the newest notes are always looked at."),
        NEW: _("It is new and has not yet been seen as often as every new note is owed."),
        "transition": _("People who read or saved what you did went on to this."),
        "friend": _("You follow its author."),
        "subject": _("It is about what you read and save."),
        "local": _("It is about the city you chose."),
    }.get(candidate.source, candidate.source)


def place_words(placed: Placed) -> str:
    """Return why a note stands where it stands."""
    if placed.slot == NEW:
        return _("A place kept for new voices: every new note is owed a fair number of views.")
    if placed.slot == TRIAL:
        return _("A place kept for trying out notes that few have seen so far.")
    return {
        "": _("Its score puts it here."),
        "moved_up": _("It moved up because another note was held back by a rule."),
        "author_cap": _("It was held back: three notes by one author are enough for a page."),
        "author_gap": _("It was held back so that notes by one author do not follow each other."),
        "channel_run": _("It was held back so that one channel does not fill the page."),
        "subject_run": _("It was held back so that one subject does not fill the page."),
    }.get(placed.rule, placed.rule)


def signal_names() -> dict[str, str]:
    """Return what each signal is called for readers."""
    return {
        "benefit": pgettext("ranking signal", "Benefit to others"),
        "age": pgettext("ranking signal", "Age in days"),
        "depth": pgettext("ranking signal", "Depth"),
        "language": pgettext("ranking signal", "In your language"),
        "new_voice": pgettext("ranking signal", "New voice"),
        "friend": pgettext("ranking signal", "By someone you follow"),
        "local": pgettext("ranking signal", "About your city"),
        "affinity": pgettext("ranking signal", "Read together with what you read"),
        "subject": pgettext("ranking signal", "Your subjects"),
        "predicted": pgettext("ranking signal", "Likely to be opened"),
        "less": pgettext("ranking signal", "You asked for less of this"),
    }


def _signals(candidate: Candidate, inputs: Inputs) -> list[dict[str, Any]]:
    names = signal_names()
    weights = composing.weights_of(inputs)
    return [
        {
            "name": names[name],
            "value": value,
            "weight": round(weights[name], 3),
            "adds": round(weights[name] * value, 3),
        }
        for name, value in candidate.signals.items()
        if value or weights[name]
    ]
