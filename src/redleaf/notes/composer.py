"""What the composer's page needs, and what its form holds."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import get_language

from redleaf.core import ids
from redleaf.editions import current
from redleaf.editions import selectors as editions
from redleaf.editions.file import LANGUAGES
from redleaf.graph import selectors as graph
from redleaf.graph.models import Audience
from redleaf.media.models import Asset
from redleaf.media.selectors import picture_sources
from redleaf.notes.models import CoverDesign, Draft, NoteKind, ReplyPolicy
from redleaf.notes.services import content as rules
from redleaf.notes.services.drafts import TEXT_MAXIMUM

if TYPE_CHECKING:
    from redleaf.accounts.models import Account

Typed = dict[str, Any]
LINES = ("kind", "language", "audience", "audience_list", "channel", "place", "reply_policy")


def typed_content(form: QueryDict) -> Typed:
    """Return the form as typed, in the draft's shape; a field that is missing is empty.

    `picture` comes once for each picture, in order, and `alt-<ref>` describes it.
    """
    typed: Typed = {name: _short(form.get(name, "")) for name in LINES}
    typed["title"] = _storable(form.get("title", ""))[:400]
    typed["body"] = _storable(form.get("body", ""))[:TEXT_MAXIMUM]
    typed["place_detail"] = _storable(form.get("place_detail", ""))[:400]
    typed["cover_design"] = _short(form.get("cover_design", ""))
    typed["video"] = _short(form.get("video", ""))
    typed["scheduled_at"] = _short(form.get("scheduled_at", ""))
    typed["number"] = _short(form.get("number", ""))
    typed["pictures"] = [
        {"ref": _short(ref), "alt": _storable(form.get(f"alt-{ref}", ""))[:1000]}
        for ref in form.getlist("picture")[:40]
    ]
    return typed


def composer_context(
    account: "Account", *, content: Typed, draft: Draft | None, errors: dict[str, str]
) -> dict[str, Any]:
    """Return what templates/notes/compose.html draws."""
    language = get_language() or "en"
    assets = _assets(account, content)
    people_lists = list(graph.people_lists(account))
    return {
        "content": content,
        "draft": draft,
        "editing": draft.note if draft is not None else None,
        "revision": draft.revision if draft is not None else 0,
        "errors": errors,
        "pictures": [
            {"ref": item["ref"], "alt": item["alt"], "sources": assets[item["ref"]]}
            for item in content["pictures"]
            if item["ref"] in assets
        ],
        "video": _video(account, content),
        "kinds": NoteKind.choices,
        "audiences": Audience.choices,
        "people_lists": people_lists,
        "list_choices": [(item.ref, item.name) for item in people_lists],
        "reply_policies": ReplyPolicy.choices,
        "cover_designs": CoverDesign.choices,
        "channels": [(item.slug, item.name_in(language)) for item in editions.channels()],
        "places": sorted(
            ((item.slug, item.name_in(language)) for item in editions.places()),
            key=lambda pair: pair[1],
        ),
        "languages_to_choose": [(code, LANGUAGES[code]) for code in current().languages],
        "limits": {
            "title": rules.TITLE_UNITS,
            "short_body": rules.SHORT_BODY_UNITS,
            "long_body": rules.LONG_BODY_UNITS,
            "pictures": rules.PICTURES_MAXIMUM,
            "alt": rules.ALT_UNITS,
            "place_detail": rules.PLACE_DETAIL_UNITS,
        },
        "draft_count": Draft.objects.filter(author=account).count(),
    }


def _assets(account: "Account", content: Typed) -> dict[str, Any]:
    wanted = _ids(item["ref"] for item in content["pictures"])
    found = Asset.objects.filter(id__in=wanted, owner=account, kind="picture")
    return {asset.ref: picture_sources(asset) for asset in found}


def _video(account: "Account", content: Typed) -> Asset | None:
    return Asset.objects.filter(
        id__in=_ids([content.get("video", "")]), owner=account, kind="video"
    ).first()


def _ids(refs: Iterable[str]) -> list[UUID]:
    found = []
    for ref in refs:
        try:
            found.append(ids.decode(ref))
        except ValueError:
            continue
    return found


def _short(text: str) -> str:
    return _storable(text)[:80]


def _storable(text: str) -> str:
    """Return the text without what PostgreSQL's JSON cannot hold: nulls and lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
