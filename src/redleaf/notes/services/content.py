"""What an author sends, checked: the rules of a note's words, pictures and audience."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from redleaf.core import clock, errors, text
from redleaf.core.fold import fold
from redleaf.editions import current
from redleaf.editions import selectors as editions
from redleaf.graph import selectors as graph
from redleaf.graph.models import Audience
from redleaf.media.models import Asset
from redleaf.notes.models import CoverDesign, Note, NoteKind, ReplyPolicy

if TYPE_CHECKING:
    from redleaf.accounts.models import Account

WITH_PICTURES = frozenset({NoteKind.PICTURE, NoteKind.LONG})
TITLE_UNITS = 20
SHORT_BODY_UNITS = 1000
LONG_BODY_UNITS = 30_000
PICTURES_MAXIMUM = 18
ALT_UNITS = 150
PLACE_DETAIL_UNITS = 30
TOPICS_MAXIMUM = 20
MENTIONS_MAXIMUM = 20
TOPIC_UNITS = 20
TITLE_CHARACTERS = 120
ALT_CHARACTERS = 400
BODY_CHARACTERS = 8  # for each unit
TOPIC_CHARACTERS = 60
SCHEDULE_AHEAD = timedelta(days=90)

# A Latin letter or digit before the sign makes it part of a word; Chinese has no spaces.
TOPIC = re.compile(
    r"(?<![a-zA-Z0-9_\u00c0-\u024f&/#＃])[#＃]([\w·・]{1,40})(?:\[[^\]\n]{0,10}\])?[#＃]?"
)
MENTION = re.compile(r"(?<![a-zA-Z0-9_\u00c0-\u024f@.])@([a-zA-Z0-9_]{3,20})(?![a-zA-Z0-9_])")
CODE_OR_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True)
class PictureChoice:
    """An uploaded picture and what it shows, in words."""

    asset_id: UUID
    alt: str = ""


@dataclass(frozen=True)
class Content:
    """A note as its author sent it; `check` turns it into one that can be published."""

    kind: str
    title: str
    body: str = ""
    language: str = ""
    audience: str = Audience.PUBLIC
    audience_list_id: UUID | None = None
    channel: str = ""
    place: str = ""
    place_detail: str = ""
    reply_policy: str = ReplyPolicy.EVERYONE
    cover_design: str = CoverDesign.RULED
    pictures: tuple[PictureChoice, ...] = ()
    video_id: UUID | None = None
    scheduled_at: datetime | None = None
    errors: dict[str, str] = field(default_factory=dict, compare=False)


class ContentRefused(errors.Invalid):
    """Some fields break a rule; `errors` maps the field to what to do."""

    def __init__(self, found: dict[str, str]) -> None:
        super().__init__("content", " ".join(found.values()))
        self.errors = found


def check(account: "Account", content: Content, *, note: Note | None = None) -> Content:
    """Return the content cleaned, with every rule held. Raises ContentRefused with all that breaks.

    Title up to 20 units, body up to 1,000 (30,000 for a long note), 1 to 18 own pictures that no
    other note or comment has (`note` is the one that is edited), or one own video, own lists only,
    open channels, known places, a moment to come within 90 days. Pictures stay only with notes that
    show them.
    """
    found: dict[str, str] = {}
    title = _clean(found, "title", content.title, line=True)
    body = _clean(found, "body", content.body, line=False)
    place_detail = _clean(found, "place_detail", content.place_detail, line=True)
    pictures = tuple(
        PictureChoice(choice.asset_id, _clean(found, "pictures", choice.alt, line=True))
        for choice in content.pictures
        if content.kind in WITH_PICTURES
    )
    cleaned = Content(
        kind=content.kind,
        title=title,
        body=body,
        language=content.language or account.language,
        audience=content.audience or Audience.PUBLIC,
        audience_list_id=content.audience_list_id if content.audience == Audience.LIST else None,
        channel=content.channel,
        place=content.place,
        place_detail=place_detail,
        reply_policy=content.reply_policy or ReplyPolicy.EVERYONE,
        cover_design=content.cover_design or CoverDesign.RULED,
        pictures=pictures,
        video_id=content.video_id if content.kind == NoteKind.VIDEO else None,
        scheduled_at=content.scheduled_at,
    )
    _check_words(found, cleaned)
    _check_choices(found, account, cleaned)
    _check_files(found, account, cleaned, note)
    if found:
        raise ContentRefused(found)
    return cleaned


def _clean(found: dict[str, str], name: str, value: str, *, line: bool) -> str:
    try:
        if "\ufffd" in value:  # what was sent was not UTF-8, or was copied from such a place
            raise errors.Invalid(
                "broken_text",
                _("Some characters could not be read (�). Please type them again."),
            )
        return text.clean_line(value) if line else text.clean_text(value)
    except errors.Invalid as refusal:
        found[name] = str(refusal.message)
        return ""


def _is_over(value: str, limit: int, characters: int) -> bool:
    """Return whether a text is longer than its limit, or, where much of it counts nothing (marks,
    joined emoji), than what can be stored."""
    return text.units(value) > limit or len(value) > characters


def _is_visible(text: str) -> bool:
    """Return whether there is a letter, a digit, a sign or a symbol, emoji among them."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


def _check_words(found: dict[str, str], content: Content) -> None:
    if content.kind not in NoteKind.values:
        found["kind"] = _("Choose pictures, video, words or a long note.")
        return
    if not _is_visible(content.title) and "title" not in found:
        found["title"] = _("Give your note a title.")
    elif _is_over(content.title, TITLE_UNITS, TITLE_CHARACTERS):
        found["title"] = _("The title is longer than %(count)d characters. Please shorten it.") % {
            "count": TITLE_UNITS
        }
    limit = LONG_BODY_UNITS if content.kind == NoteKind.LONG else SHORT_BODY_UNITS
    if _is_over(content.body, limit, limit * BODY_CHARACTERS):
        found["body"] = _(
            "The text is longer than %(count)d characters. Shorten it or make it a long note."
        ) % {"count": limit}
    elif content.kind == NoteKind.LONG and not _is_visible(content.body) and "body" not in found:
        found["body"] = _("A long note needs some text.")
    if _is_over(content.place_detail, PLACE_DETAIL_UNITS, TITLE_CHARACTERS):
        found["place_detail"] = _("Keep the name of the place under %(count)d characters.") % {
            "count": PLACE_DETAIL_UNITS
        }
    if any(_is_over(choice.alt, ALT_UNITS, ALT_CHARACTERS) for choice in content.pictures):
        found["pictures"] = _("Keep each description under %(count)d characters.") % {
            "count": ALT_UNITS
        }
    if len(topics_in(content.body)) > TOPICS_MAXIMUM:
        found["body"] = _("Use at most %(count)d topics.") % {"count": TOPICS_MAXIMUM}
    if len(handles_in(content.body)) > MENTIONS_MAXIMUM:
        found["body"] = _("Mention at most %(count)d people.") % {"count": MENTIONS_MAXIMUM}


def _check_choices(found: dict[str, str], account: "Account", content: Content) -> None:
    if content.language not in current().languages:
        found["language"] = _("Choose one of the languages.")
    if content.audience not in Audience.values:
        found["audience"] = _("Choose who may see the note.")
    elif content.audience == Audience.LIST:
        try:
            graph.people_list(account, content.audience_list_id or account.id)
        except errors.NotFound:
            found["audience"] = _("Choose one of your lists.")
    if content.reply_policy not in ReplyPolicy.values:
        found["reply_policy"] = _("Choose who may comment.")
    if content.cover_design not in CoverDesign.values:
        found["cover_design"] = _("Choose one of the covers.")
    for name, slug, find in (
        ("channel", content.channel, editions.channel_by_slug),
        ("place", content.place, editions.place_by_slug),
    ):
        try:
            if slug:
                find(slug)
        except errors.NotFound:
            found[name] = _("This choice is gone. Please choose again.")
    if content.scheduled_at is not None:
        ahead = content.scheduled_at - clock.now()
        if ahead <= timedelta(0):
            found["scheduled_at"] = _("This moment has passed. Choose a later one, or publish now.")
        elif ahead > SCHEDULE_AHEAD:
            found["scheduled_at"] = _("Choose a moment within the next 90 days.")


def _check_files(
    found: dict[str, str], account: "Account", content: Content, note: Note | None
) -> None:
    free = Q(attached_kind__in=["", "draft"])
    if note is not None:
        free |= Q(attached_kind="note", attached_id=note.id)
    usable = Asset.objects.filter(free, owner=account)
    chosen = [choice.asset_id for choice in content.pictures]
    if content.kind == NoteKind.PICTURE and not chosen and "pictures" not in found:
        found["pictures"] = _("Add at least one picture, or choose words.")
    if len(chosen) > PICTURES_MAXIMUM:
        found["pictures"] = _("A note holds at most %(count)d pictures.") % {
            "count": PICTURES_MAXIMUM
        }
    if len(set(chosen)) != len(chosen):
        found["pictures"] = _("The same picture is there twice.")
    if content.kind == NoteKind.VIDEO and content.video_id is None:
        found["video"] = _("Add a video first.")
    if found.get("pictures") is None and chosen:
        own = usable.filter(id__in=chosen, kind="picture").exclude(state="failed")
        if own.count() != len(chosen):
            found["pictures"] = _("One of the pictures is no longer there. Please add it again.")
    if content.video_id is not None:
        video = usable.filter(id=content.video_id, kind="video").first()
        if video is None:
            found["video"] = _("The video is no longer there. Please add it again.")
        elif video.state == "failed":
            found["video"] = _("The video could not be prepared. Try again or choose another.")


def topics_in(body: str) -> dict[str, str]:
    """Return the topics that a text names with #, in order: folded key to the name as written.

    A topic is letters, digits and underscores of any script, up to 20 units, and not only digits;
    both "#话题" and the closed form "#话题#" count.
    """
    names: dict[str, str] = {}
    for match in TOPIC.finditer(CODE_OR_LINK.sub(" ", body)):
        name = match.group(1).strip("_·・")
        key = fold(name)
        # A single character may unfold to many.
        if name and not name.isdigit() and not _is_over(key, TOPIC_UNITS, TOPIC_CHARACTERS):
            names.setdefault(key, name)
    return names


def handles_in(body: str) -> list[str]:
    """Return the handles that a text names with @, lower-cased, each once, in order."""
    found = MENTION.findall(CODE_OR_LINK.sub(" ", body))
    return list(dict.fromkeys(handle.lower() for handle in found))
