"""Accounts in Django's admin, by safe fields only; its sign-in is the product's own."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from redleaf.accounts import services
from redleaf.accounts.events import AccountChanged
from redleaf.accounts.models import Account, HandleHistory
from redleaf.accounts.people import signed_in
from redleaf.core import audit, ids
from redleaf.core.events import announce

# The admin's own sign-in knows no second step and no limits.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign] # allauth's documented way
# Second steps and other people's sessions are nobody else's to read or change.
admin.site.unregister(Authenticator)
admin.site.unregister(UserSession)


@admin.register(Account)
class AccountAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # generic only in the stubs
    """Find an account, suspend it, correct its age band; never its password or address."""

    list_display = ["handle", "display_name", "language", "age_band", "is_active", "created_at"]
    list_filter = ["is_active", "is_staff", "age_band", "language"]
    search_fields = ["handle", "display_name", "email"]
    ordering = ["-created_at"]
    fields = [
        "handle",
        "display_name",
        "email",
        "age_band",
        "language",
        "city",
        "is_active",
        "is_staff",
        "groups",
        "created_at",
        "confirmed_at",
        "last_login",
        "deleted_at",
        "erased_at",
    ]
    filter_horizontal = ["groups"]
    readonly_fields = [
        "handle",
        "email",
        "city",
        "language",
        "created_at",
        "confirmed_at",
        "last_login",
        "deleted_at",
        "erased_at",
    ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one person's account; that it was read stands in the audit trail."""
        account = self.get_object(request, object_id)
        if isinstance(request.user, Account) and account is not None and request.method == "GET":
            audit.record(
                request.user,
                "account_read",
                subject_kind="account",
                subject_id=ids.encode(account.id),
            )
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Suspend, restore and rename as everybody hears of it, and write down who suspended."""
        is_active = obj.is_active
        with transaction.atomic():
            obj.is_active = form.initial.get("is_active", is_active)
            super().save_model(request, obj, form, change)
            if "is_active" in form.changed_data:
                (services.restore_account if is_active else services.suspend_account)(obj)
                act = "account_restored" if is_active else "account_suspended"
                audit.record(
                    signed_in(request), act, subject_kind="account", subject_id=ids.encode(obj.id)
                )
            if "display_name" in form.changed_data:
                announce(AccountChanged(obj.id))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:  # noqa: ARG002 - Django's form
        """Only a superuser hands out powers."""
        fixed = list(self.readonly_fields)
        return fixed if request.user.is_superuser else [*fixed, "is_staff", "groups"]

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's form
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's form
        return False


@admin.register(HandleHistory)
class HandleHistoryAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # generic only in the stubs
    """Handles that were given up, and until when they lead to their account."""

    list_display = ["handle", "account", "changed_at", "kept_until"]
    search_fields = ["handle", "account__handle"]
    readonly_fields = ["handle", "account", "changed_at", "kept_until"]

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's form
        return False
