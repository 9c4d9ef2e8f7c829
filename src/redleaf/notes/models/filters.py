"""Words and topics that a member does not want to meet in any list."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from redleaf.core import clock
from redleaf.core.models import Identified


class Filter(Identified):
    """A word or a topic that a member hides, for good or until a moment.

    `value` is folded (core.fold) and is what makes it one with another spelling; `shown` is what
    was typed. `pattern` finds a word in text that is not folded, as selectors/filters.py writes it;
    a topic has none.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=8)  # "word" or "topic"
    value = models.CharField(max_length=60)
    shown = models.CharField(max_length=60)
    pattern = models.TextField(default="", blank=True)
    until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "notes_filter"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "value"], name="notes_filter_once"),
            models.CheckConstraint(
                name="notes_filter_kind", condition=Q(kind__in=["word", "topic"])
            ),
        ]
