"""Marks: like, helpful, save and share, each at most once for a member and a note."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from redleaf.core import clock


class MarkKind(models.TextChoices):
    LIKE = "like"
    HELPFUL = "helpful"
    SAVE = "save"
    SHARE = "share"


class Mark(models.Model):
    """One member's mark on one note; the member comes first in the key."""

    pk = models.CompositePrimaryKey("account_id", "note_id", "kind")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    note = models.ForeignKey("notes.Note", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=MarkKind.choices)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "notes_mark"
        indexes = [
            models.Index(fields=["account", "kind", "-created_at"], name="notes_mark_recent")
        ]
        constraints = [
            models.CheckConstraint(name="notes_mark_kind", condition=Q(kind__in=MarkKind.values))
        ]
