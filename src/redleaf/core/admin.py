"""What waits, failed or was done, for operators to read; nothing here is changed by hand."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from redleaf.core.models import AuditEntry, Heartbeat, OutboxEvent

admin.site.site_header = admin.site.site_title = "Redleaf"


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg] # generic only in the stubs
    """Rows to look at: not added, not changed, not deleted."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's form
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's form
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's form
        return False


@admin.register(OutboxEvent)
class OutboxEventAdmin(ReadOnly):
    """Events that wait for a handler, or that none could take."""

    list_display = ["name", "announced_at", "attempts", "next_attempt_at", "error"]
    list_filter = ["name"]
    ordering = ["-attempts", "next_attempt_at"]


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    """The audit trail."""

    list_display = ["at", "action", "subject_kind", "subject_id", "actor_id"]
    list_filter = ["action"]
    search_fields = ["subject_id"]
    ordering = ["-id"]


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnly):
    """When the long-lived processes were last heard of."""

    list_display = ["process", "at"]
