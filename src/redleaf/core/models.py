"""Base of the tables, and the tables of core itself."""

from uuid import UUID

from django.db import models

from redleaf.core import clock, ids


class Identified(models.Model):
    """A row with an opaque, sortable id; `ref` is how addresses write it."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)

    class Meta:
        abstract = True

    @property
    def ref(self) -> str:
        return ids.encode(self.id)


class OutboxEvent(models.Model):
    """An announced event that waits for, or failed in, some of its handlers.

    Written in the announcing transaction; the row goes when every handler has done its work.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=120)
    payload = models.JSONField()
    announced_at = models.DateTimeField(default=clock.now)
    done = models.JSONField(default=list)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=clock.now)
    error = models.TextField(default="")

    class Meta:
        db_table = "core_outbox"
        indexes = [models.Index(fields=["next_attempt_at", "id"], name="core_outbox_due")]


class RateCounter(models.Model):
    """How often one key did one thing in one window; the table is unlogged, a crash empties it."""

    key = models.CharField(primary_key=True, max_length=200)
    window_start = models.BigIntegerField()
    count = models.PositiveIntegerField()
    previous = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "core_rate_counter"


class AuditEntry(models.Model):
    """One act of an operator or of the system, chained by hash to the one before it."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_id: "models.UUIDField[UUID | None, UUID | None]" = models.UUIDField(
        null=True, db_index=True
    )
    action = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        db_table = "core_audit_entry"
        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="core_audit_subject")]


class Heartbeat(models.Model):
    """When a long-lived process last said that it is alive."""

    process = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "core_heartbeat"
