"""Forms of the second step and of passkeys. What a browser sends here is never trusted."""

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from redleaf.accounts.forms.fields import LONGEST_LINE
from redleaf.core import text

NAME_LENGTH = 40


class _Limited:
    """At most ten codes in a quarter of an hour, whichever process is asked."""

    user: Any

    def clean_code(self) -> str:
        get_account_adapter().limit("two_step", str(self.user.pk), "10/15m")
        code: str = super().clean_code()  # type: ignore[misc] # the form beside this class has it
        return code


class TwoStepForm(_Limited, base_forms.AuthenticateForm):  # type: ignore[misc] # allauth carries no types
    """The second step at sign-in: a code of the app, or a recovery code."""


class TwoStepAgainForm(_Limited, base_forms.ReauthenticateForm):  # type: ignore[misc] # allauth carries no types
    """The same before something sensitive."""


class _NewPasskey:
    """The browser's answer is parsed by a library that raises what it likes on nonsense."""

    cleaned_data: dict[str, Any]
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = LONGEST_LINE

    def clean_name(self) -> str:
        name: str = super().clean_name()  # type: ignore[misc] # the form beside this class has it
        return text.clean_line(name)[:NAME_LENGTH] or name[:NAME_LENGTH]

    def clean_passwordless(self) -> bool:
        return True

    def clean(self) -> dict[str, Any]:
        if not isinstance(self.cleaned_data.get("credential", {}), dict):
            raise get_adapter().validation_error("incorrect_code")
        try:
            cleaned: dict[str, Any] = super().clean()  # type: ignore[misc] # the form beside this class has it
        except ValidationError:
            raise
        except Exception as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned


class AddPasskeyForm(_NewPasskey, webauthn_forms.AddWebAuthnForm):  # type: ignore[misc] # allauth carries no types
    """A further passkey of a member; it has to be able to sign in by itself."""


class SignUpPasskeyForm(_NewPasskey, webauthn_forms.SignupWebAuthnForm):  # type: ignore[misc] # allauth carries no types
    """The passkey of somebody who signs up without a password."""


class _PasskeyAnswer:
    """As `_NewPasskey`, for the answer of a passkey that is known."""

    cleaned_data: dict[str, Any]

    def clean_credential(self) -> Authenticator:
        if not isinstance(self.cleaned_data["credential"], dict):
            raise _unknown_passkey()
        try:
            found: Authenticator = super().clean_credential()  # type: ignore[misc] # the form beside this class has it
        except ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise _unknown_passkey() from error
        except Exception as error:
            raise _unknown_passkey() from error
        return found


def _unknown_passkey() -> ValidationError:
    words = _("That passkey does not sign in here. Was it removed? Please use another way.")
    return ValidationError(words, code="unknown_passkey")


class PasskeySignInForm(_PasskeyAnswer, webauthn_forms.LoginWebAuthnForm):  # type: ignore[misc] # allauth carries no types
    """Sign-in by passkey alone."""


class PasskeyStepForm(_PasskeyAnswer, webauthn_forms.AuthenticateWebAuthnForm):  # type: ignore[misc] # allauth carries no types
    """A passkey as the second step."""


class PasskeyAgainForm(_PasskeyAnswer, webauthn_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc] # allauth carries no types
    """A passkey before something sensitive."""


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):  # type: ignore[misc] # allauth carries no types
    """Another name for a passkey."""

    def clean_name(self) -> str:
        name = text.clean_line(self.cleaned_data["name"][:LONGEST_LINE])[:NAME_LENGTH]
        if not name:
            raise forms.ValidationError(
                self.fields["name"].error_messages["required"], code="required"
            )
        return name
