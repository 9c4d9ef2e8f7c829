"""Boards: collections of notes, private, public or shared."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from redleaf.core import clock
from redleaf.core.models import Identified


class BoardVisibility(models.TextChoices):
    PRIVATE = "private", _("Only me")
    SHARED = "shared", _("People I invite")
    PUBLIC = "public", _("Everyone")


class Board(Identified):
    """An owner's collection; invited members may add to it, whatever its visibility."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="boards"
    )
    title = models.CharField(max_length=80)
    description = models.CharField(max_length=300, default="", blank=True)
    visibility = models.CharField(
        max_length=8, choices=BoardVisibility.choices, default=BoardVisibility.PRIVATE
    )
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "notes_board"
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "title"], name="notes_board_title"),
            models.CheckConstraint(
                name="notes_board_visibility",
                condition=Q(visibility__in=BoardVisibility.values),
            ),
        ]


class BoardMember(models.Model):
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    joined_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "notes_board_member"
        constraints = [
            models.UniqueConstraint(fields=["board", "account"], name="notes_board_member_once")
        ]


class BoardItem(Identified):
    """A note on a board. When the note goes, the row stays as a tombstone without its words."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="items")
    note = models.ForeignKey(
        "notes.Note", null=True, on_delete=models.SET_NULL, related_name="board_items"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "notes_board_item"
        ordering = ["-added_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "note"],
                name="notes_board_item_once",
                condition=Q(note__isnull=False),
            )
        ]
