"""Forms on the way in: sign-up, sign-in, codes, passwords, addresses."""

import hashlib
from typing import Any, Final

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.core.validators import MaxLengthValidator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language, gettext, gettext_lazy

from redleaf import editions
from redleaf.accounts import services
from redleaf.accounts.forms.fields import LONGEST_LINE, checked
from redleaf.accounts.models import Account, AgeBand, Language
from redleaf.core import limits

TOO_YOUNG: Final = "under_14"
LONGEST_PASSWORD_TYPED: Final = 1_000


def _key(text: str) -> str:
    return hashlib.sha256(text.lower().encode("utf-8", "surrogatepass")).hexdigest()[:32]


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc] # allauth carries no types
    """Handle or address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].validators.append(MaxLengthValidator(254))
        self.fields["password"].validators.append(MaxLengthValidator(LONGEST_PASSWORD_TYPED))
        self.fields["remember"].initial = True

    def clean_login(self) -> str:
        login: str = super().clean_login()
        return login.removeprefix("@")

    def user_credentials(self) -> dict[str, Any]:
        """Name an address as an address alone: no handle looks like one, and trying both would
        hash a wrong password twice for an address that is known."""
        found: dict[str, Any] = super().user_credentials()
        if "email" in found:
            found.pop("username", None)
        return found


class SignUpForm(allauth_forms.SignupForm):  # type: ignore[misc] # allauth carries no types
    """Everything that sign-up needs, on one screen; the handle may be left to us."""

    display_name = forms.CharField(
        max_length=LONGEST_LINE,
        error_messages={"required": gettext_lazy("Please write a name.")},
    )
    age_band = forms.ChoiceField(
        choices=[(TOO_YOUNG, ""), *((band.value, "") for band in AgeBand)],
        error_messages={"required": gettext_lazy("Please choose one.")},
    )
    language = forms.ChoiceField(choices=Language.choices)
    field_order = ["display_name", "username", "email", "password1", "age_band", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = editions.current().languages
        self.fields["language"].choices = [
            choice for choice in Language.choices if choice[0] in offered
        ]
        self.fields["language"].initial = get_language() or editions.current().default_language
        for name in ("display_name", "username", "email", "language", "age_band"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    def clean_display_name(self) -> str:
        return checked(services.clean_name, self.cleaned_data["display_name"])

    def clean_age_band(self) -> str:
        age_band: str = self.cleaned_data["age_band"]
        if age_band == TOO_YOUNG:
            raise forms.ValidationError(gettext("You can join when you are 14."), code=TOO_YOUNG)
        return age_band

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not self.errors:
            get_adapter().limit("sign_up", limits.client_key(context.request), "30/h")
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[Account | None, HttpResponseBase | None]:
        """Store the account, or find that somebody else just took its address or handle.

        Raises IntegrityError for a handle that the member had typed and that is gone meanwhile;
        a taken address gets the answer that every known address gets.
        """
        while True:
            try:
                with transaction.atomic():
                    saved: tuple[Account | None, HttpResponseBase | None] = super().try_save(
                        request
                    )
                    return saved
            except IntegrityError as error:
                taken = services.constraint_of(error)
                if "email" in taken and not self.account_already_exists:  # type: ignore[has-type] # allauth's
                    self.account_already_exists = True
                elif "handle" not in taken or self.cleaned_data.get("username"):
                    raise


class RequestCodeForm(allauth_forms.RequestLoginCodeForm):  # type: ignore[misc] # allauth carries no types
    """The address to which a sign-in code goes."""

    def clean_email(self) -> str:
        _limit_mail(self.cleaned_data["email"])
        email: str = super().clean_email()
        return email


class ResetPasswordForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc] # allauth carries no types
    """The address to which a link for a new password goes."""

    def clean_email(self) -> str:
        _limit_mail(self.cleaned_data["email"])
        email: str = super().clean_email()
        return email


def _limit_mail(address: str) -> None:
    """Keep one network, and everybody together, from mailing somebody over and over."""
    get_adapter().limit("mail_to", _key(address), "6/h")
    get_adapter().limit("mail_from", limits.client_key(context.request), "30/h")


class _OnePassword:
    """A new password is typed once: it can be shown, and a reset is never far."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        for field in self.fields.values():
            field.validators.append(MaxLengthValidator(LONGEST_PASSWORD_TYPED))


class NewPasswordForm(_OnePassword, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc] # allauth carries no types
    """A new password after a reset."""


class SetPasswordForm(_OnePassword, allauth_forms.SetPasswordForm):  # type: ignore[misc] # allauth carries no types
    """The first password of an account that had only passkeys."""


class ChangePasswordForm(_OnePassword, allauth_forms.ChangePasswordForm):  # type: ignore[misc] # allauth carries no types
    """The present password and a new one."""

    def clean_oldpassword(self) -> str:
        get_adapter().limit("change_password", str(self.user.pk), "10/h")
        password: str = super().clean_oldpassword()
        return password


class AddAddressForm(allauth_forms.AddEmailForm):  # type: ignore[misc] # allauth carries no types
    """A further address of a member."""

    def clean_email(self) -> str:
        _limit_mail(self.cleaned_data["email"])
        email: str = super().clean_email()
        return email
