"""Forms of sign-up, sign-in and settings: the shape of input and the words about it."""

from redleaf.accounts.forms.entrance import (
    AddAddressForm,
    ChangePasswordForm,
    NewPasswordForm,
    RequestCodeForm,
    ResetPasswordForm,
    SetPasswordForm,
    SignInForm,
    SignUpForm,
)
from redleaf.accounts.forms.settings import AppearanceForm, HandleForm, ProfileForm
from redleaf.accounts.forms.two_step import (
    AddPasskeyForm,
    PasskeyAgainForm,
    PasskeySignInForm,
    PasskeyStepForm,
    RenamePasskeyForm,
    SignUpPasskeyForm,
    TwoStepAgainForm,
    TwoStepForm,
)

__all__ = [
    "AddAddressForm",
    "AddPasskeyForm",
    "AppearanceForm",
    "ChangePasswordForm",
    "HandleForm",
    "NewPasswordForm",
    "PasskeyAgainForm",
    "PasskeySignInForm",
    "PasskeyStepForm",
    "ProfileForm",
    "RenamePasskeyForm",
    "RequestCodeForm",
    "ResetPasswordForm",
    "SetPasswordForm",
    "SignInForm",
    "SignUpForm",
    "SignUpPasskeyForm",
    "TwoStepAgainForm",
    "TwoStepForm",
]
