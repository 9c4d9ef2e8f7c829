"""Settings of sign-in, read by redleaf.config.settings: allauth's and Django's own."""

from typing import Any

AUTH_USER_MODEL = "accounts.Account"
