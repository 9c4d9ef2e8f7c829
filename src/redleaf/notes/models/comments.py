"""Comments: two levels shown, each answering a note or another comment."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from redleaf.core import clock
from redleaf.core.models import Identified


class CommentState(models.TextChoices):
    SHOWN = "shown"
    HIDDEN = "hidden"  # by the note's author, with a reason that its writer sees
    WITHDRAWN = "withdrawn"  # by its writer; a tombstone stays while answers hang on it


class Comment(Identified):
    """`thread` is the top comment (null for one itself), `parent` the one that is answered.

    `reply_count` counts the shown replies of a thread. `form_key` names what was sent, so that a
    form sent twice is one comment.
    """

    note = models.ForeignKey(
        "notes.Note", on_delete=models.CASCADE, related_name="comments", db_index=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comments"
    )
    thread = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="replies")
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    body = models.TextField()
    state = models.CharField(
        max_length=10, choices=CommentState.choices, default=CommentState.SHOWN
    )
    hidden_reason = models.CharField(max_length=200, default="", blank=True)
    pinned_at = models.DateTimeField(null=True)
    like_count = models.PositiveIntegerField(default=0)
    reply_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(null=True)
    form_key = models.UUIDField(null=True, editable=False)

    class Meta:
        db_table = "notes_comment"
        indexes = [
            models.Index(fields=["note", "thread", "created_at", "id"], name="notes_comment_note"),
            models.Index(
                fields=["note", "-like_count", "-id"],
                name="notes_comment_best",
                condition=Q(thread__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="notes_comment_hidden_reason",
                condition=~Q(state="hidden") | ~Q(hidden_reason=""),
            ),
            models.UniqueConstraint(
                fields=["author", "form_key"],
                name="notes_comment_once",
                condition=Q(form_key__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["note"],
                name="notes_comment_one_pin",
                condition=Q(pinned_at__isnull=False),
            ),
            models.CheckConstraint(
                name="notes_comment_pin",
                condition=Q(pinned_at=None) | Q(thread=None, state="shown"),
            ),
        ]


class CommentPicture(models.Model):
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="pictures")
    asset = models.ForeignKey("media.Asset", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=400, default="", blank=True)

    class Meta:
        db_table = "notes_comment_picture"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "position"], name="notes_comment_picture_place"
            ),
            models.CheckConstraint(
                name="notes_comment_picture_range", condition=Q(position__gte=0, position__lt=3)
            ),
        ]


class CommentLike(models.Model):
    pk = models.CompositePrimaryKey("account_id", "comment_id")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "notes_comment_like"
