"""A note, its pictures, its versions, its tally, and the draft it came from."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import Func
from django.db.models.functions import Ln
from django.utils.translation import gettext_lazy as _

from redleaf.core import clock
from redleaf.core.models import Identified
from redleaf.graph.models import Audience

# Explore's first ranking: the moment of publishing plus so many seconds for the benefit others had.
# rank = epoch seconds + 56,000 * ln(1 + like + 3 save + 4 helpful + 2 comment + 3 share)
# Ten times the benefit is worth a day and a half of freshness. docs/ranking.md explains it.
# The difference of two moments is immutable for PostgreSQL, as a generated column needs; the epoch
# of one moment is not.
EPOCH = "extract(epoch FROM %(expressions)s - TIMESTAMPTZ '1970-01-01 00:00:00+00')::float8"
RANK_SECONDS = 56_000.0
RANK_WEIGHTS = {"like": 1, "save": 3, "helpful": 4, "comment": 2, "share": 3}


class NoteKind(models.TextChoices):
    PICTURE = "picture", _("Pictures")
    VIDEO = "video", _("Video")
    WORDS = "words", _("Words")
    LONG = "long", _("Long note")


class NoteState(models.TextChoices):
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ReplyPolicy(models.TextChoices):
    """Who may comment, besides the author."""

    EVERYONE = "everyone", _("Everyone who sees it")
    FOLLOWERS = "followers", _("My followers")
    MENTIONED = "mentioned", _("People I mention")
    NOBODY = "nobody", _("Nobody")


class CoverDesign(models.TextChoices):
    """How a note without pictures makes a cover from its words."""

    RULED = "ruled", _("Ruled paper")
    INK = "ink", _("Ink on red")
    QUOTE = "quote", _("Quotation")
    GRID = "grid", _("Squared notebook")
    POSTCARD = "postcard", _("Postcard")
    TICKET = "ticket", _("Ticket")
    NIGHT = "night", _("Night")
    SEAL = "seal", _("Seal")


class Note(Identified):
    """Something a member shared. `number` counts the published wordings, from 1.

    `draft_id` is the draft it came from, which no other note can come from.
    """

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notes", db_index=False
    )
    kind = models.CharField(max_length=8, choices=NoteKind.choices)
    state = models.CharField(max_length=10, choices=NoteState.choices, default=NoteState.PUBLISHED)
    title = models.CharField(max_length=120)
    body = models.TextField(default="", blank=True)
    language = models.CharField(max_length=10, default="en")
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    audience_list = models.ForeignKey(
        "graph.PeopleList", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    channel = models.ForeignKey(
        "editions.Channel", null=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.ForeignKey(
        "editions.Place", null=True, on_delete=models.PROTECT, related_name="+"
    )
    place_detail = models.CharField(max_length=120, default="", blank=True)
    reply_policy = models.CharField(
        max_length=10, choices=ReplyPolicy.choices, default=ReplyPolicy.EVERYONE
    )
    slow_mode_seconds = models.PositiveIntegerField(default=0)
    cover_design = models.CharField(max_length=10, choices=CoverDesign.choices, default="ruled")
    video = models.ForeignKey("media.Asset", null=True, on_delete=models.SET_NULL, related_name="+")
    number = models.PositiveIntegerField(default=1)
    draft_id = models.UUIDField(null=True, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True)
    scheduled_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notes_note"
        indexes = [
            models.Index(fields=["author", "-published_at", "-id"], name="notes_note_author"),
            models.Index(
                fields=["place", "-published_at", "-id"],
                name="notes_note_place",
                condition=Q(state="published"),
            ),
            models.Index(
                fields=["scheduled_at"], name="notes_note_due", condition=Q(state="scheduled")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="notes_note_state",
                condition=(
                    Q(state="published", published_at__isnull=False)
                    | Q(state="scheduled", scheduled_at__isnull=False)
                    | Q(state="withdrawn", withdrawn_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="notes_note_audience", condition=Q(audience__in=Audience.values)
            ),
            models.CheckConstraint(name="notes_note_kind", condition=Q(kind__in=NoteKind.values)),
        ]

    @property
    def is_published(self) -> bool:
        return self.state == NoteState.PUBLISHED

    @property
    def is_edited(self) -> bool:
        return self.number > 1


class NotePicture(models.Model):
    """A picture of a note, in its author's order; the first is the cover."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="pictures")
    asset = models.ForeignKey("media.Asset", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=400, default="", blank=True)

    class Meta:
        db_table = "notes_note_picture"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["note", "position"],
                name="notes_note_picture_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="notes_note_picture_range", condition=Q(position__gte=0, position__lt=18)
            ),
        ]


class NoteTally(models.Model):
    """What lists need of a note, narrow because every mark changes it.

    The counters equal a recount of their tables; `rank` follows from them by the formula above.
    `listed` says that the note is published, public, and its author active: what a list for
    everybody may show. `card` grows whenever the drawn card would look different.
    """

    note = models.OneToOneField(
        Note, primary_key=True, on_delete=models.CASCADE, related_name="tally"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    channel = models.ForeignKey(
        "editions.Channel", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    listed = models.BooleanField(default=False)
    published_at = models.DateTimeField()
    card = models.PositiveIntegerField(default=1)
    like_count = models.PositiveIntegerField(default=0)
    helpful_count = models.PositiveIntegerField(default=0)
    save_count = models.PositiveIntegerField(default=0)
    share_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    rank = models.GeneratedField(
        expression=Func(F("published_at"), template=EPOCH)
        + RANK_SECONDS
        * Ln(
            1.0
            + F("like_count")
            + 3.0 * F("save_count")
            + 4.0 * F("helpful_count")
            + 2.0 * F("comment_count")
            + 3.0 * F("share_count"),
            output_field=models.FloatField(),
        ),
        output_field=models.FloatField(),
        db_persist=True,
    )

    class Meta:
        db_table = "notes_note_tally"
        indexes = [
            models.Index("rank", "note", name="notes_tally_rank", condition=Q(listed=True)),
            models.Index(
                "channel", "rank", "note", name="notes_tally_channel", condition=Q(listed=True)
            ),
            models.Index("published_at", "note", name="notes_tally_new", condition=Q(listed=True)),
            models.Index(
                "channel",
                "published_at",
                "note",
                name="notes_tally_channel_new",
                condition=Q(listed=True),
            ),
        ]


class NoteVersion(models.Model):
    """One published wording of a note, kept when the next replaces it, and the present one."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    body = models.TextField(default="", blank=True)
    pictures = models.JSONField(default=list)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "notes_note_version"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="notes_note_version_number")
        ]


class Draft(Identified):
    """What an author is writing: a new note, or a change to a published one (`note`).

    `content` is the form as typed, valid or not. `revision` grows with each save, so that the
    second of two tabs is told instead of overwriting the first; `window` is the page that saved
    last.
    """

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    note = models.ForeignKey(Note, null=True, on_delete=models.CASCADE, related_name="drafts")
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    window = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "notes_draft"
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "note"],
                name="notes_draft_one_per_note",
                condition=Q(note__isnull=False),
            )
        ]
