"""What the composer's page needs, and what its form holds."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from babel.dates import get_timezone_name
from django.http import QueryDict
from django.utils.translation import get_language

from redleaf.core import ids
from redleaf.core.text import clean_text, storable
from redleaf.editions import current
from redleaf.editions import selectors as editions
from redleaf.editions.file import LANGUAGES
from redleaf.graph import selectors as graph
from redleaf.graph.models import Audience
from redleaf.media.models import Asset
from redleaf.media.selectors import picture_sources, video_sources
from redleaf.notes.models import CoverDesign, Draft, NoteKind, ReplyPolicy
from redleaf.notes.rendering import PICTURE_BLOCK, body_of
from redleaf.notes.services import content as rules
from redleaf.notes.services import drafts
from redleaf.web.filters import locale

if TYPE_CHECKING:
    from redleaf.accounts.models import Account

Typed = dict[str, Any]
TITLE_MAXIMUM = 400
LINES = (
    *("kind", "language", "audience", "audience_list", "channel", "place", "reply_policy"),
    *("cover_design", "video", "scheduled_at", "number"),
)


def new_content(account: "Account", asked: QueryDict) -> Typed:
    """Return a new note's form with what is asked for: kind, title, topic, place and channel."""
    content = drafts.empty_content(account, asked.get("kind", ""))
    content["title"] = storable(asked.get("title", ""))[:TITLE_MAXIMUM]
    named = rules.topics_in(f"#{asked.get('topic', '').strip().lstrip('#＃')}")
    if named:
        content["body"] = f"#{next(iter(named.values()))} "
    for name, known in (("place", editions.places()), ("channel", editions.channels())):
        slug = asked.get(name, "")
        if any(item.slug == slug for item in known):
            content[name] = slug
    return content


def typed_content(form: QueryDict) -> Typed:
    """Return the form as typed, in the draft's shape; a field that is missing is empty.

    `picture` comes once for each picture, in order, and `alt-<ref>` describes it.
    """
    typed: Typed = {name: _short(form.get(name, "")) for name in LINES}
    typed["title"] = storable(form.get("title", ""))[:TITLE_MAXIMUM]
    typed["body"] = storable(form.get("body", ""))[: drafts.TEXT_MAXIMUM]
    typed["place_detail"] = storable(form.get("place_detail", ""))[:TITLE_MAXIMUM]
    refs = list(dict.fromkeys(_short(ref) for ref in form.getlist("picture")[:40]))
    typed["pictures"] = [
        {"ref": ref, "alt": storable(form.get(f"alt-{ref}", ""))[:1000]} for ref in refs
    ]
    return typed


def is_cut(form: QueryDict) -> bool:
    """Return whether the form's text is longer than a draft can hold."""
    return len(form.get("body", "")) > drafts.TEXT_MAXIMUM


def revision_of(form: QueryDict) -> int:
    """Return the draft's revision from which the page began."""
    text = form.get("revision", "0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def window_of(form: QueryDict) -> UUID | None:
    """Return the id of the open page, None for a form that does not say."""
    found = _ids([form.get("window", "")])
    return found[0] if found else None


def renumber(body: str, before: Sequence[str], after: Sequence[str]) -> str:
    """Return the text with its picture blocks showing the same pictures after they were arranged
    anew; the blocks of a picture that is gone go with it."""
    place = {ref: number for number, ref in enumerate(after, start=1)}

    def moved(match: re.Match[str]) -> str:
        number = int(match[1])
        if not 1 <= number <= len(before):
            return match[0]
        found = place.get(before[number - 1])
        return f"![[picture:{found}]]" if found else ""

    return PICTURE_BLOCK.sub(moved, body)


def preview(account: "Account", content: Typed) -> dict[str, Any]:
    """Return what templates/notes/_preview.html draws: title, body in parts, pictures."""
    assets = _assets(account, content)
    pictures = [
        {**assets[item["ref"]], "alt": item["alt"]}
        for item in content["pictures"]
        if item["ref"] in assets
    ]
    return {
        "title": content["title"],
        "language": content["language"],
        "pictures": pictures,
        "body": body_of(content["kind"], clean_text(content["body"]), len(pictures)),
    }


def zone_name(account: "Account") -> str:
    """Return the account's time zone in words, such as "Eastern Time (Toronto)"."""
    reader = locale(get_language() or "en")
    city = account.time_zone.rpartition("/")[2].replace("_", " ")
    return f"{get_timezone_name(account.zone, locale=reader)} ({city})"


def composer_context(
    account: "Account", *, content: Typed, draft: Draft | None, errors: dict[str, str]
) -> dict[str, Any]:
    """Return what templates/notes/compose.html draws."""
    language = get_language() or "en"
    assets = _assets(account, content)
    people_lists = list(graph.people_lists(account))
    video = _video(account, content)
    return {
        "content": content,
        "draft": draft,
        "editing": draft.note if draft is not None else None,
        "revision": draft.revision if draft is not None else 0,
        "window": ids.encode(ids.new_id()),
        "zone_name": zone_name(account),
        "errors": errors,
        "pictures": [
            {"ref": item["ref"], "alt": item["alt"], "sources": assets[item["ref"]]}
            for item in content["pictures"]
            if item["ref"] in assets
        ],
        "video": video,
        "video_sources": video_sources(video) if video is not None else None,
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
    found = Asset.objects.filter(id__in=wanted, owner=account, kind="picture", released_at=None)
    return {asset.ref: picture_sources(asset) for asset in found}


def _video(account: "Account", content: Typed) -> Asset | None:
    return Asset.objects.filter(
        id__in=_ids([content.get("video", "")]), owner=account, kind="video", released_at=None
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
    return storable(text)[:80]
