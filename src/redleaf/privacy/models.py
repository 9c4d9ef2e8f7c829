"""Consent as it stands, and the log of how it came to stand so."""

from django.conf import settings
from django.db import models

from redleaf.core import clock


class Consent(models.Model):
    """A member's consent to one purpose, in the words of one version; no row means no."""

    pk = models.CompositePrimaryKey("account_id", "purpose")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    purpose = models.CharField(max_length=40)
    version = models.PositiveIntegerField()  # of the words that were agreed to
    granted_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "privacy_consent"


class ConsentChange(models.Model):
    """One consent given or taken back. Rows are added, never changed; erasure takes them away."""

    number = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    purpose = models.CharField(max_length=40)
    granted = models.BooleanField()
    version = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "privacy_consent_change"
        indexes = [models.Index(fields=["account", "-number"], name="privacy_change_account")]
