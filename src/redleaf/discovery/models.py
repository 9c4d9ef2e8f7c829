"""A member's order of channels, and the marks of what the search index has yet to take in."""

from django.conf import settings
from django.db import models


class ChannelChoice(models.Model):
    """In which order a member wants the channels under Explore, and which not at all.

    Slugs, not keys: a channel that the operator closes simply drops out, a new one comes last.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    order = models.JSONField(default=list)
    hidden = models.JSONField(default=list)

    class Meta:
        db_table = "discovery_channel_choice"


class IndexMark(models.Model):
    """Something changed since the index last took it in.

    A newer change of the same thing gets a newer number, so that the writer never takes away the
    mark of a change that it has not seen. While an index is rebuilt, marks stay, with the name of
    the index that has them, and are done again in the new one.
    """

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=8)  # as search/registry.py knows it
    object_id = models.UUIDField()
    indexed_in = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        db_table = "discovery_index_mark"
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="discovery_index_mark_once"),
        ]
