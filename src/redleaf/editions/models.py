"""Channels and places: what the operator may change while the product runs."""

from django.db import models
from django.utils.translation import get_language

from redleaf.core.models import Identified


class Named(Identified):
    """Something with a slug for addresses and a name in each language."""

    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def name_in(self, language: str) -> str:
        """Return the name in this language, else in English, else the slug."""
        names: dict[str, str] = self.names
        return names.get(language) or names.get("en") or self.slug

    @property
    def name(self) -> str:
        return self.name_in(get_language() or "en")


class Channel(Named):
    """A broad subject under Explore, kept by the operator."""

    position = models.PositiveIntegerField(default=0)
    is_open = models.BooleanField(default=True)

    class Meta:
        db_table = "editions_channel"
        ordering = ["position", "slug"]


class PlaceKind(models.TextChoices):
    PROVINCE = "province"
    CITY = "city"
    CAMPUS = "campus"
    AREA = "area"
    SPOT = "spot"


class Place(Named):
    """A place that notes can be about: a city, a campus, a neighbourhood, a spot.

    Its middle, in degrees, is for saying how far it is from another; without it a place is near
    nothing.
    """

    kind = models.CharField(max_length=12, choices=PlaceKind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        db_table = "editions_place"
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="editions_place_kind", condition=models.Q(kind__in=PlaceKind.values)
            ),
            models.CheckConstraint(
                name="editions_place_middle",
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                ),
            ),
        ]
