"""Accounts: who a member is, in as few facts as the product needs."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from redleaf.core import clock
from redleaf.core.models import Identified


class AgeBand(models.TextChoices):
    TEEN = "14_17", _("14 to 17")
    ADULT = "18_plus", _("18 or older")


class Theme(models.TextChoices):
    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(email=email.lower(), **fields)
        account.set_password(password)
        account.save(force_insert=True)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").lower())


class Account(Identified, AbstractBaseUser, PermissionsMixin):
    """A member. `deleted_at` marks one that was closed and waits out its days of grace."""

    email = models.EmailField(unique=True)
    handle = models.CharField(max_length=20, unique=True)
    display_name = models.CharField(max_length=60)
    bio = models.CharField(max_length=400, default="", blank=True)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=60, default="America/Toronto")
    age_band = models.CharField(max_length=8, choices=AgeBand.choices, default=AgeBand.ADULT)
    city = models.CharField(max_length=60, default="", blank=True)
    interests = models.JSONField(default=list, blank=True)
    avatar = models.CharField(max_length=40, default="", blank=True)
    theme = models.CharField(max_length=5, choices=Theme.choices, default=Theme.AUTO)
    created_at = models.DateTimeField(default=clock.now)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["handle", "display_name"]

    class Meta:
        db_table = "accounts_account"
        constraints = [
            models.CheckConstraint(
                name="accounts_email_lower", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="accounts_handle_form", condition=Q(handle__regex=r"^[a-z0-9_]{3,20}$")
            ),
            models.CheckConstraint(
                name="accounts_age_band", condition=Q(age_band__in=AgeBand.values)
            ),
        ]

    @property
    def profile_path(self) -> str:
        return f"/@{self.handle}"

    def get_full_name(self) -> str:
        return self.display_name
