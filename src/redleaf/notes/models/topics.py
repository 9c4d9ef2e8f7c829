"""Topics (#), their aliases across languages, and who is mentioned (@)."""

from django.conf import settings
from django.db import models

from redleaf.core import clock
from redleaf.core.models import Identified


class Topic(Identified):
    """A subject that notes name with #. `key` is the folded name and the address.

    A curator may join topics: then one is the `canonical` of the other, and both are one page.
    """

    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    names = models.JSONField(default=dict)
    rules = models.JSONField(default=dict)
    canonical = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="joined"
    )
    note_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "notes_topic"
        indexes = [models.Index(fields=["-note_count", "key"], name="notes_topic_popular")]

    def name_in(self, language: str) -> str:
        """Return the curated name in this language, else the name as it was first written."""
        names: dict[str, str] = self.names
        return names.get(language) or self.name


class TopicAlias(models.Model):
    """Another way to write a topic, set by a curator: #coffee for #咖啡."""

    key = models.CharField(max_length=60, primary_key=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="aliases")

    class Meta:
        db_table = "notes_topic_alias"


class NoteTopic(models.Model):
    note = models.ForeignKey("notes.Note", on_delete=models.CASCADE, related_name="note_topics")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="note_topics")

    class Meta:
        db_table = "notes_note_topic"
        constraints = [
            models.UniqueConstraint(fields=["note", "topic"], name="notes_note_topic_once")
        ]


class NoteMention(models.Model):
    note = models.ForeignKey("notes.Note", on_delete=models.CASCADE, related_name="mentions")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        db_table = "notes_note_mention"
        constraints = [
            models.UniqueConstraint(fields=["note", "account"], name="notes_note_mention_once")
        ]
