"""Notices, and the acts that they gather."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from redleaf.core import clock
from redleaf.core.models import Identified


class NoticeKind(models.TextChoices):
    FOLLOW = "follow"
    LIKE = "like"
    HELPFUL = "helpful"
    SAVE = "save"
    COMMENT = "comment"
    REPLY = "reply"
    COMMENT_LIKE = "comment_like"
    MENTION = "mention"
    COMMENT_MENTION = "comment_mention"
    COMMENT_HIDDEN = "comment_hidden"
    BOARD_INVITE = "board_invite"
    PUBLISHED = "published"
    VIDEO_FAILED = "video_failed"
    PROMISE_KEPT = "promise_kept"
    PROMISE_MISSED = "promise_missed"


class Notice(Identified):
    """One line of the inbox. While unread, like acts on one subject gather in it.

    `note_id`, `comment_id`, `board_id` and `asset_id` are plain ids: a notice outlives what it
    speaks of and is then not shown.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    group = models.CharField(max_length=80)
    note_id = models.UUIDField(null=True, db_index=True)
    comment_id = models.UUIDField(null=True)
    board_id = models.UUIDField(null=True)
    asset_id = models.UUIDField(null=True)
    actor_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inbox_notice"
        indexes = [
            models.Index(fields=["account", "-updated_at", "-id"], name="inbox_notice_newest")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "group"],
                name="inbox_notice_one_open",
                condition=Q(read_at__isnull=True),
            )
        ]


class NoticeAct(models.Model):
    """Who did it. `key` says which act this was, so that a repeated delivery or a like taken back
    and given again counts once."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="acts")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "inbox_notice_act"
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="inbox_notice_act_once")
        ]
