"""How a member wants to read: the order of channels, the sliders, and what to see less of."""

from django.conf import settings
from django.db import models

from redleaf.core import clock


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


class Steering(models.Model):
    """A member's sliders, and the city that Nearby shows; chosen, never guessed.

    `sliders` maps names of recommend.mixing.SLIDERS to whole numbers from -2 to 2. `nearby` is the
    slug of a place, or empty while Nearby is off: never a position.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    sliders = models.JSONField(default=dict)
    nearby = models.SlugField(max_length=60, default="", blank=True)

    class Meta:
        db_table = "discovery_steering"


class NotInterested(models.Model):
    """A note that a member does not want to be shown again in a list that is chosen for them."""

    pk = models.CompositePrimaryKey("account_id", "note_id")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    note = models.ForeignKey("notes.Note", on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "discovery_not_interested"


class LessOf(models.Model):
    """A topic or an author of which a member wants to see less on Explore (not: nothing)."""

    pk = models.CompositePrimaryKey("account_id", "kind", "object_id")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=8)  # "topic" or "author"
    object_id = models.UUIDField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "discovery_less_of"
        constraints = [
            models.CheckConstraint(
                name="discovery_less_of_kind", condition=models.Q(kind__in=["topic", "author"])
            )
        ]
