"""What search keeps: changes that its index has yet to take in, what is asked, and histories."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from redleaf.core import clock


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


SLOTS = 6  # of ten minutes, in an hour


def no_slots() -> list[int]:
    return [0] * SLOTS


class QueryCount(models.Model):
    """How many different people asked for something in an hour: what the hot list is made from.

    Nobody can be read from it: `people` is counted through `discovery_seen_digest`, whose salt is
    thrown away each day. `slots` are the same people by the six times ten minutes of the hour, so
    that a burst can be told from a day's interest.
    """

    pk = models.CompositePrimaryKey("hour", "query")
    hour = models.DateTimeField()
    query = models.CharField(max_length=120)  # folded, as search.words.fold writes it
    shown_as = models.CharField(max_length=120)  # as the first of them typed it
    people = models.PositiveIntegerField(default=0)
    slots = ArrayField(models.IntegerField(), default=no_slots)
    found = models.PositiveIntegerField(default=0)  # notes that the latest of them found

    class Meta:
        db_table = "discovery_query_count"


class HotQuery(models.Model):
    """Something that enough people asked for lately, as the job of search/hot.py found it.

    With a `place` it stands in the hot list; without one it is only suggested.
    """

    query = models.CharField(max_length=120, primary_key=True)
    shown_as = models.CharField(max_length=120)
    place = models.PositiveSmallIntegerField(null=True)
    people = models.PositiveIntegerField()  # of the last 24 hours
    counted = models.FloatField()  # the same, damped
    usual = models.FloatField()  # a day of the week before, damped too
    score = models.FloatField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "discovery_hot_query"


class SearchHistory(models.Model):
    """What a member searched for, kept while the member's consent to it holds."""

    pk = models.CompositePrimaryKey("account_id", "query")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    query = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "discovery_search_history"
        indexes = [models.Index(fields=["account", "-at"], name="discovery_history_recent")]
