"""People, the handles they had, their sessions, and the mail that was sent to them."""

import re
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower

from redleaf.core import clock
from redleaf.core.models import Identified

HANDLE_PATTERN: Final = re.compile(r"[a-z0-9_]{3,20}")
HANDLE_PAUSE: Final = timedelta(days=14)  # between two changes of the handle
HANDLE_KEPT: Final = timedelta(days=90)  # an old handle leads to the new one, nobody else gets it
GRACE: Final = timedelta(days=14)  # between closing an account and erasing it
OUTBOX_KEPT: Final = timedelta(days=30)
UNUSABLE_DOMAIN: Final = "erased.invalid"  # RFC 2606: mail to it can never be delivered


class Language(models.TextChoices):
    """The languages of the interface, by Django's codes, named in themselves."""

    EN = "en", "English"
    FR = "fr", "Français"
    ZH_HANS = "zh-hans", "简体中文"
    ZH_HANT = "zh-hant", "繁體中文"


class AgeBand(models.TextChoices):
    """All that is kept of a member's age. There is no band below 14: those are not members."""

    TEEN = "14_17"
    ADULT = "18_plus"


class Theme(models.TextChoices):
    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts with their e-mail in the form in which it is compared."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email=(username or "").lower())

    def create_user(
        self, email: str, handle: str, password: str | None = None, **fields: Any
    ) -> "Account":
        """Store a new account. Without a password none can ever match."""
        fields.setdefault("display_name", handle)
        account = Account(email=email.strip().lower(), handle=handle.lower(), **fields)
        account.set_password(password)
        account.save(force_insert=True, using=self._db)
        return account

    def create_superuser(
        self, email: str, handle: str, password: str | None = None, **fields: Any
    ) -> "Account":
        """Store a new account with every permission, as Django's own commands ask for it."""
        return self.create_user(
            email, handle, password, **{**fields, "is_staff": True, "is_superuser": True}
        )


class Account(Identified, AbstractBaseUser, PermissionsMixin):
    """A person here: what others see of them, how they sign in, and how they want the product."""

    email = models.EmailField(max_length=254, unique=True)
    handle = models.CharField(max_length=20, unique=True)
    display_name = models.CharField(max_length=120)
    bio = models.CharField(max_length=600, blank=True, default="")
    language = models.CharField(max_length=8, choices=Language.choices, default=Language.EN)
    time_zone = models.CharField(max_length=64, default="America/Toronto")
    age_band = models.CharField(max_length=8, choices=AgeBand.choices, default=AgeBand.ADULT)
    city = models.CharField(max_length=60, blank=True, default="")
    interests = models.JSONField(default=list, blank=True)
    avatar = models.CharField(max_length=26, blank=True, default="")
    theme = models.CharField(max_length=5, choices=Theme.choices, default=Theme.AUTO)
    created_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    handle_changed_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["handle"]

    class Meta:
        db_table = "accounts_account"
        constraints = [
            models.CheckConstraint(
                name="accounts_email_lower", condition=models.Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="accounts_handle_format",
                condition=models.Q(handle__regex=r"^[a-z0-9_]{3,20}$"),
            ),
            models.CheckConstraint(
                name="accounts_age_band", condition=models.Q(age_band__in=AgeBand.values)
            ),
            models.CheckConstraint(
                name="accounts_language", condition=models.Q(language__in=Language.values)
            ),
            models.CheckConstraint(
                name="accounts_theme", condition=models.Q(theme__in=Theme.values)
            ),
            models.CheckConstraint(
                name="accounts_erased_is_closed",
                condition=models.Q(erased_at=None) | models.Q(deleted_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["deleted_at"],
                name="accounts_grace",
                condition=models.Q(deleted_at__isnull=False, erased_at=None),
            )
        ]

    @property
    def profile_path(self) -> str:
        return f"/@{self.handle}"

    def get_absolute_url(self) -> str:
        return self.profile_path

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    @property
    def is_open(self) -> bool:
        """True for an account that others may see."""
        return self.is_active and self.deleted_at is None

    @property
    def is_minor(self) -> bool:
        return self.age_band == AgeBand.TEEN

    @property
    def is_confirmed(self) -> bool:
        """True once the member has shown that the e-mail address is theirs."""
        return self.confirmed_at is not None

    @property
    def zone(self) -> ZoneInfo:
        """The member's time zone; UTC should the stored one have left the zone database."""
        try:
            return ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")

    @property
    def handle_opens_at(self) -> datetime | None:
        """When the handle may be changed again; None for now."""
        if self.handle_changed_at is None:
            return None
        opens = self.handle_changed_at + HANDLE_PAUSE
        return opens if opens > clock.now() else None

    @property
    def erased_after(self) -> datetime | None:
        """When a closed account's personal data goes; None for an open one."""
        return None if self.deleted_at is None else self.deleted_at + GRACE


class HandleHistory(models.Model):
    """A handle that an account had: it leads to the account until `kept_until`."""

    handle = models.CharField(primary_key=True, max_length=20)
    account = models.ForeignKey(
        "accounts.Account", on_delete=models.CASCADE, related_name="former_handles"
    )
    changed_at = models.DateTimeField(default=clock.now)
    kept_until = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_handle_history"
        verbose_name_plural = "handle history"


class Session(AbstractBaseSession):
    """A browser's session; `account` lets one query answer both what is in it and whose it is."""

    account = models.ForeignKey(
        "accounts.Account", null=True, on_delete=models.CASCADE, related_name="sessions"
    )
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "accounts_session"

    @classmethod
    def get_session_store_class(cls) -> Any:
        from redleaf.accounts.sessions import SessionStore

        return SessionStore


class OutboxMail(Identified):
    """A mail to a member: waiting to be sent, or kept here because there is no mail server.

    Mail waits in this table, not in a job's arguments, because it carries codes and links that
    belong in no log.
    """

    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=400)
    text = models.TextField()
    html = models.TextField(blank=True, default="")
    waiting = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        db_table = "accounts_outbox_mail"
        ordering = ["-created_at", "-id"]
