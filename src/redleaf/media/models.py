"""One table: the asset, and the variants that were made of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from redleaf.core import clock
from redleaf.core.models import Identified


class AssetKind(models.TextChoices):
    PICTURE = "picture"
    VIDEO = "video"
    AVATAR = "avatar"


class AssetState(models.TextChoices):
    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"


class Asset(Identified):
    """A stored picture or video. `manifest` lists its variants, each with format, width, height,
    path in the store and bytes; a picture can be shown as soon as the row exists.

    `attached_kind` and `attached_id` name the thing whose guard decides who may fetch it.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assets"
    )
    kind = models.CharField(max_length=8, choices=AssetKind.choices)
    state = models.CharField(
        max_length=10, choices=AssetState.choices, default=AssetState.PROCESSING
    )
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    colour = models.CharField(max_length=7, default="#d9d2c8")
    manifest = models.JSONField(default=list)
    captions = models.JSONField(default=list)
    duration = models.FloatField(null=True)
    progress = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=40, default="", blank=True)
    source_path = models.CharField(max_length=200, default="", blank=True)
    name = models.CharField(max_length=120, default="", blank=True)
    upload_key = models.UUIDField(null=True)
    attached_kind = models.CharField(max_length=20, default="", blank=True)
    attached_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=clock.now)
    released_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "media_asset"
        indexes = [
            models.Index(
                fields=["created_at"],
                name="media_asset_loose",
                condition=Q(attached_kind="") | Q(released_at__isnull=False),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "upload_key"],
                name="media_asset_upload_once",
                condition=Q(upload_key__isnull=False),
            ),
            models.CheckConstraint(
                name="media_asset_attached",
                condition=Q(attached_kind="", attached_id=None)
                | (~Q(attached_kind="") & Q(attached_id__isnull=False)),
            ),
        ]
