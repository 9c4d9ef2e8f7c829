"""The endpoints: read the address, ask a selector, give its rows their shape."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from redleaf.accounts.models import Account
from redleaf.accounts.people import viewer
from redleaf.accounts.selectors import account_by_handle
from redleaf.api import schema, shapes
from redleaf.api.answering import SEARCH_RATE, endpoint
from redleaf.core.errors import Invalid, NotFound, Refusal
from redleaf.core.paging import Page
from redleaf.discovery.search import finding
from redleaf.editions import selectors as editions
from redleaf.graph import selectors as graph
from redleaf.notes.selectors import comments as talk
from redleaf.notes.selectors import lists, topics
from redleaf.notes.selectors.facts import facts_of
from redleaf.notes.selectors.policy import note_for

Answer = dict[str, Any]


@endpoint()
def openapi(request: HttpRequest) -> Answer:
    """Describe the API."""
    del request
    return schema.document()


@endpoint()
def notes(request: HttpRequest) -> Answer:
    """Return the notes that everybody may see, as Explore orders them."""
    slug = request.GET.get("channel", "")
    channel = editions.channel_by_slug(slug) if slug else None
    page = lists.listed_notes(
        viewer(request),
        channel_id=channel.id if channel else None,
        by="published_at" if _choice(request, "sort", ("best", "new")) == "new" else "rank",
        after=request.GET.get("after", ""),
    )
    return _notes(request, page)


@endpoint()
def note(request: HttpRequest, note_id: UUID) -> Answer:
    """Return one note with its words."""
    found = facts_of(viewer(request), [note_id])
    if not found:
        raise NotFound()
    return {"note": shapes.note(found[0], whole=True)}


@endpoint()
def comments(request: HttpRequest, note_id: UUID) -> Answer:
    """Return what was said under a note."""
    reader = viewer(request)
    if not note_for(reader, note_id).is_published:
        raise NotFound()
    page = talk.threads(
        reader,
        note_id,
        sort=_choice(request, "sort", talk.SORTS),
        after=request.GET.get("after", ""),
    )
    return {"comments": [shapes.thread(item) for item in page.items], "next": page.next_cursor}


@endpoint()
def person(request: HttpRequest, handle: str) -> Answer:
    """Return a member, as their profile page does."""
    account, _relation = _person(request, handle)
    return {"person": shapes.person(account, numbers=lists.numbers_of(account.id))}


@endpoint()
def notes_of(request: HttpRequest, handle: str) -> Answer:
    """Return a member's notes that the reader may see."""
    account, relation = _person(request, handle)
    after = request.GET.get("after", "")
    page: Page[Any] = Page([], None)
    if not relation.blocks:
        page = lists.notes_by(viewer(request), account.id, after=after)
    return _notes(request, page)


@endpoint()
def notes_on(request: HttpRequest, key: str) -> Answer:
    """Return the notes on a topic that the reader may see."""
    topic = topics.topic_by_key(key)
    page = lists.notes_on_topic(
        viewer(request), topics.joined_ids(topic), after=request.GET.get("after", "")
    )
    shown = shapes.topic({"key": topic.key, "name": topic.name})
    return {"topic": shown, **_notes(request, page)}


@endpoint(rate=SEARCH_RATE)
def search(request: HttpRequest) -> Answer:
    """Return notes by their words."""
    text = finding.clean_query(request.GET.get("q", ""))
    if not text:
        raise Invalid("empty_query", _("Say what to look for."), field="q")
    languages = ("", *(code for code, _name in settings.LANGUAGES))
    slug = request.GET.get("channel", "")
    asked = finding.Asked(
        text=text,
        sort=_choice(request, "sort", finding.SORTS),
        language=_choice(request, "language", languages),
        channel=editions.channel_by_slug(slug).slug if slug else "",
        after=request.GET.get("after", ""),
    )
    found = finding.find_note_ids(viewer(request), asked)
    return {
        "notes": _shown(request, found.ids),
        "next": found.next_cursor,
        "searched": found.corrected or text,
        "loose": found.is_loose,
    }


@endpoint()
def following(request: HttpRequest) -> Answer:
    """Return everything by those whom the signed-in member follows."""
    reader = viewer(request)
    if reader is None:
        raise Refusal("sign_in", _("Sign in first."), status=401)
    return _notes(request, lists.notes_by_followed(reader, after=request.GET.get("after", "")))


@endpoint()
def nothing(request: HttpRequest, rest: str = "") -> Answer:
    """Answer every other address under /api/ as the rest of the API does."""
    del request, rest
    raise NotFound(
        message=_("There is no such address. They end with “/”; /api/v1/openapi.json lists them.")
    )


def _notes(request: HttpRequest, page: Page[Any]) -> Answer:
    ids = [row.note_id for row in page.items]
    return {"notes": _shown(request, ids), "next": page.next_cursor}


def _shown(request: HttpRequest, ids: Sequence[UUID]) -> list[Answer]:
    return [shapes.note(row) for row in facts_of(viewer(request), ids)]


def _person(request: HttpRequest, handle: str) -> tuple[Account, graph.Relation]:
    """Return a member whose profile the reader may see. Raises NotFound."""
    account = account_by_handle(handle)
    relation = graph.relation(viewer(request), account)
    if relation.blocked_by:
        raise NotFound()
    return account, relation


def _choice(request: HttpRequest, name: str, allowed: Sequence[str]) -> str:
    """Return what was chosen, the first when nothing was. Raises Invalid for anything else."""
    value = request.GET.get(name, allowed[0])
    if value not in allowed:
        raise Invalid(
            "unknown_choice",
            _("%(name)s can be one of: %(values)s.")
            % {"name": name, "values": ", ".join(filter(None, allowed))},
            field=name,
        )
    return value
