"""How allauth does things here: our words, our mails, our limits, our closed accounts."""

import base64
import hashlib
from typing import Any, Final
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from redleaf import editions
from redleaf.accounts import handles, selectors, services
from redleaf.accounts.mail import send_letter
from redleaf.accounts.mail.letters import LETTERS
from redleaf.accounts.models import Account
from redleaf.core import limits
from redleaf.core.errors import Invalid, TooMany

LONGEST_NEXT: Final = 2_000
LINKS: Final = ("password_reset_url", "signup_url")  # what allauth puts into letters
_MISMATCH: Final = lazy("That name or address and that password do not go together.")

# What allauth tells after an act, by the name of its own template; None: the page says it all.
NOTICES: Final[dict[str, Any]] = {
    "account/messages/cannot_delete_primary_email.txt": lazy(
        "This is your main address. Make another one the main address first."
    ),
    "account/messages/email_confirmation_failed.txt": lazy("That address cannot be used."),
    "account/messages/email_confirmation_sent.txt": None,
    "account/messages/email_confirmed.txt": lazy("Thank you. Your address is confirmed."),
    "account/messages/email_deleted.txt": lazy("The address is removed."),
    "account/messages/logged_in.txt": None,
    "account/messages/logged_out.txt": lazy("You are signed out. See you soon."),
    "account/messages/login_code_sent.txt": None,
    "account/messages/password_changed.txt": lazy("Your new password is set."),
    "account/messages/password_set.txt": lazy("Your new password is set."),
    "account/messages/primary_email_set.txt": lazy("Your main address is changed."),
    "account/messages/unverified_primary_email.txt": lazy("Confirm this address first."),
    "mfa/messages/recovery_codes_generated.txt": lazy("Here are your new recovery codes."),
    "mfa/messages/totp_activated.txt": lazy("Sign-in in two steps is on."),
    "mfa/messages/totp_deactivated.txt": lazy("Your authenticator app is off."),
    "mfa/messages/webauthn_added.txt": lazy("Your passkey is added."),
    "mfa/messages/webauthn_removed.txt": lazy("The passkey is removed."),
    "usersessions/messages/sessions_logged_out.txt": lazy("All other sessions are signed out."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth carries no types
    """Accounts as this product has them."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": lazy("This account is suspended."),
        "cannot_remove_primary_email": lazy("This is your main address."),
        "duplicate_email": lazy("This address is yours already."),
        "email_password_mismatch": _MISMATCH,
        "username_password_mismatch": _MISMATCH,
        "email_taken": lazy("This address cannot be used."),
        "enter_current_password": lazy("That is not your present password."),
        "incorrect_code": lazy("That code is not right. Please look again."),
        "incorrect_password": lazy("That is not your password."),
        "invalid_or_expired_key": lazy("This link has been used or is too old."),
        "invalid_login": _MISMATCH,
        "invalid_password_reset": lazy("This link has been used or is too old."),
        "max_email_addresses": lazy("At most %d addresses, please."),
        "too_many_login_attempts": lazy("Too many tries. Please wait a few minutes."),
        "unknown_email": lazy("There is no account with this address."),
        "unverified_primary_email": lazy("Confirm this address first."),
        "username_blacklisted": lazy("This name is kept for the operator."),
        "username_taken": lazy("Somebody has this name already."),
        "same_as_current": lazy("That is the address you have now."),
        "rate_limited": lazy("Please wait a moment before asking again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        language = self._language_of(email, context.get("user"))
        for name in LINKS:
            if name in context:
                context = {**context, name: _by_our_name(context[name])}
        with translation.override(language):
            send_letter(email, LETTERS[template_prefix](context), language)

    def _language_of(self, email: str, user: Account | None) -> str:
        if user is None:
            found = EmailAddress.objects.filter(email=email.lower()).select_related("user").first()
            user = found.user if found else None
        chosen = user.language if user else translation.get_language()
        return chosen or editions.current().default_language

    def add_message(  # noqa: PLR0917 - allauth's form
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002 - allauth's form
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        words = message or NOTICES.get(message_template or "")
        if words:
            messages.add_message(request, level, str(words), extra_tags=extra_tags)

    def clean_username(self, username: str, shallow: bool = False) -> str:
        try:
            handle = handles.clean_handle(username)
        except Invalid as refusal:
            raise ValidationError(str(refusal.message), code=refusal.code) from refusal
        if not shallow and not selectors.handle_is_free(handle):
            raise self.validation_error("username_taken")
        return handle

    def populate_username(self, request: HttpRequest, user: Account) -> None:  # noqa: ARG002
        if not user.handle:
            user.handle = handles.propose_handle(user.display_name)

    def save_user(
        self, request: HttpRequest, user: Account, form: Any, commit: bool = True
    ) -> Account:
        data = form.cleaned_data
        user.display_name = data["display_name"]
        user.age_band = data["age_band"]
        user.language = data["language"]
        user.time_zone = editions.current().time_zone
        saved: Account = super().save_user(request, user, form, commit)
        return saved

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        confirmed: bool = super().confirm_email(request, email_address)
        if confirmed:
            services.confirm(email_address.user)
        return confirmed

    def set_password(self, user: Account, password: str) -> None:
        user.set_password(password)
        user.save(update_fields=["password"])

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        login = str(credentials.get("email") or credentials.get("username") or "").lower()
        self.limit("sign_in_name", _digest(login), "10/15m")
        self.limit("sign_in", limits.client_key(request), "60/15m")

    def limit(self, name: str, key: str, rate: str) -> None:
        """Count an act against a limit that all processes share. Raises ValidationError."""
        try:
            limits.hit(name, key, rate=rate)
        except TooMany as refusal:
            raise ValidationError(str(refusal.message), code=refusal.code) from refusal

    def get_client_ip(self, request: HttpRequest) -> str:
        address = limits.client_key(request)
        return address if address != "unknown" else "0.0.0.0"  # noqa: S104 - "not known", in a column for addresses

    def is_safe_url(self, url: str) -> bool:
        """Only a path of ours: `next` never needs a host, and a path relative to one is no use.

        allauth would also lead to every other name in ALLOWED_HOSTS, such as localhost.
        """
        is_path = url.startswith("/") and len(url) <= LONGEST_NEXT
        return is_path and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_stages(self) -> list[str]:
        return [*super().get_login_stages(), "redleaf.accounts.stages.ReopenStage"]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use your authenticator app or a recovery code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        found = super().get_reauthentication_methods(user)
        return [{**method, "description": words[method["id"]]} for method in found]


class TwoStepAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth carries no types
    """Authenticator apps, passkeys and recovery codes; their secrets are encrypted at rest."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": lazy("Switch sign-in in two steps off before adding an address."),
        "cannot_delete_authenticator": lazy("This cannot be switched off."),
        "cannot_generate_recovery_codes": lazy("Switch on sign-in in two steps first."),
        "incorrect_code": lazy("That code is not right. Please look again."),
        "unverified_email": lazy("Confirm your e-mail address first."),
    }

    def get_totp_issuer(self) -> str:
        return editions.current().name_in(translation.get_language() or "en")

    def encrypt(self, text: str) -> str:
        encrypted: bytes = _cipher().encrypt(text.encode())
        return encrypted.decode()

    def decrypt(self, encrypted_text: str) -> str:
        text: bytes = _cipher().decrypt(encrypted_text.encode())
        return text.decode()

    def generate_authenticator_name(self, user: Account, type: str) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = context.request.get_host().partition(":")[0]
        return {"id": host, "name": self.get_totp_issuer()}


def _by_our_name(address: str) -> str:
    """Return a mail's link under the site's own name, whatever name the request came with."""
    parts = urlsplit(address)
    return f"{settings.REDLEAF_PUBLIC_URL}{parts.path}{'?' if parts.query else ''}{parts.query}"


def _cipher() -> Any:
    """Return the cipher of the two-step secrets, keyed by SECRET_KEY and its fallbacks."""
    from cryptography.fernet import Fernet, MultiFernet

    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"two-step:" + force_bytes(key)).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
