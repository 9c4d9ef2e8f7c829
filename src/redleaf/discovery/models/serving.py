"""What Explore is made from: published weights, the model, items in its numbers, and reach."""

from django.conf import settings
from django.db import models

from redleaf.core import clock


class RankingVersion(models.Model):
    """A public entry: what the operator set, when, why, and what it was measured to do.

    Rows are never changed. `signature` is the edition's Ed25519 signature, as base 64, over the
    canonical JSON of everything else in the entry and the signature before it.
    """

    number = models.PositiveIntegerField(primary_key=True)
    at = models.DateTimeField(default=clock.now)
    decided_by = models.CharField(max_length=80)  # the operator's public name
    reason = models.TextField()
    effect = models.TextField()  # measured, in words and figures
    settings = models.JSONField()  # as ranking.settings.Settings writes itself
    signature = models.CharField(max_length=120)

    class Meta:
        db_table = "discovery_ranking_version"


class RecommenderModel(models.Model):
    """What a training made, with its figures; of each kind the current one is used.

    "recipe" is how neighbours are counted (recommend.recipe), "clicks" guesses what is opened
    (recommend.model).
    """

    number = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=8, default="recipe")
    at = models.DateTimeField(default=clock.now)
    parameters = models.JSONField()
    figures = models.JSONField()
    is_current = models.BooleanField(default=False)

    class Meta:
        db_table = "discovery_model"
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(is_current=True),
                name="discovery_model_current",
            )
        ]


class Item(models.Model):
    """A note in the recommender's small numbers, with its neighbours packed.

    `neighbours` holds at most 200 pairs: all numbers as unsigned 32-bit, then all weights as 32-bit
    floats, little-endian, the strongest first. Derived data: a rebuild writes it anew.
    """

    number = models.AutoField(primary_key=True)
    note = models.OneToOneField("notes.Note", on_delete=models.CASCADE, related_name="+")
    count = models.FloatField(default=0)  # n_i: interactions that count, damped
    facts = models.JSONField(null=True)  # as ranking.items writes them; null: to be read anew
    neighbours = models.BinaryField(default=bytes)

    class Meta:
        db_table = "discovery_item"


class Profile(models.Model):
    """What personal Explore uses of a member who switched it on; gone when they switch it off.

    `recent` is a list of [item number, strength], the newest last, at most 50. `subjects` maps
    "topic:key", "channel:slug" and "author:id" to a strength that halves with a month.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    recent = models.JSONField(default=list)
    subjects = models.JSONField(default=dict)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "discovery_profile"


class Reach(models.Model):
    """What a note was owed in its first days, and how often it was seen.

    `views` and `opens` are qualified and equal the sum over discovery_exposure. The promise is made
    when the note is first open to everybody; `settled_at` with `cause` closes it. `given` counts
    the views until then within the window, and `paid_at` is when it reached `owed`.
    """

    note = models.OneToOneField(
        "notes.Note", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    author_id = models.UUIDField()
    channel_id = models.UUIDField(null=True)
    promised_at = models.DateTimeField(default=clock.now)
    window_seconds = models.PositiveIntegerField()
    owed = models.PositiveIntegerField()
    expected_traffic = models.FloatField()
    expected_notes = models.FloatField()
    views = models.PositiveIntegerField(default=0)
    opens = models.PositiveIntegerField(default=0)
    given = models.PositiveIntegerField(default=0)
    paid_at = models.DateTimeField(null=True)
    was_hidden = models.BooleanField(default=False)  # not open to everybody at some time
    cause = models.CharField(max_length=12, default="", blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "discovery_reach"
        indexes = [
            models.Index(
                fields=["promised_at"],
                name="discovery_reach_running",
                condition=models.Q(settled_at=None),
            ),
            models.Index(fields=["author_id", "-promised_at"], name="discovery_reach_author"),
        ]


class ReachWeek(models.Model):
    """How many qualified views authors of one size had in a week, and how many such authors.

    `week` is its Monday by the edition's clock, `tier` a place in reach.weeks.TIERS. Derived data:
    a rebuild counts it again from discovery_exposure, by the followers that authors then have.
    """

    pk = models.CompositePrimaryKey("week", "tier")
    week = models.DateField()
    tier = models.PositiveSmallIntegerField()
    views = models.PositiveBigIntegerField()
    authors = models.PositiveIntegerField()

    class Meta:
        db_table = "discovery_reach_week"


class PromiseWeek(models.Model):
    """What became of the promises made in a week: those that are settled, not of hidden notes."""

    week = models.DateField(primary_key=True)
    promised = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    authors = models.PositiveIntegerField()
    median_seconds = models.PositiveIntegerField(null=True)  # from the promise until it was kept

    class Meta:
        db_table = "discovery_promise_week"


class Worth(models.Model):
    """The points of others' marks on a note, each member's for one author capped."""

    note_id = models.UUIDField(primary_key=True)
    points = models.FloatField()

    class Meta:
        db_table = "discovery_worth"


class WorthDue(models.Model):
    """An author whose notes were marked since their worth was last counted."""

    author_id = models.UUIDField(primary_key=True)

    class Meta:
        db_table = "discovery_worth_due"
