"""Settings of sign-in, read by redleaf.config.settings: Django's own and those of allauth.

Sign-up ends with a code from the member's mailbox (`ACCOUNT_EMAIL_VERIFICATION = "mandatory"`).
Only so can sign-up give one answer whether an address is known or not, only so can an account
without a password be recovered, and nobody can take a name with somebody else's address. Reading
needs no account at all.
"""

from datetime import timedelta

AUTH_USER_MODEL = "accounts.Account"
# The only one: a second would hash a wrong password once more for a known address than for an
# unknown one. It is a ModelBackend itself, so permissions and the admin's sign-in need no other.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
SESSION_ENGINE = "redleaf.accounts.sessions"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=3).total_seconds())

# NIST SP 800-63B: length and a list of known passwords, no rules about kinds of characters.
PASSWORD_LENGTH = 10
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "redleaf.accounts.passwords.NotOneself"},
    {"NAME": "redleaf.accounts.passwords.NotTooLong"},
]

ACCOUNT_ADAPTER = "redleaf.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_USER_DISPLAY = "redleaf.accounts.selectors.name_of"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username", "password1*"]
ACCOUNT_SIGNUP_REDIRECT_URL = "welcome"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
# Changing the address while the code is awaited works only for an address that is new here, which
# would tell whether one is known. Starting over works for both (views.entrance.start_over).
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = False
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_TIMEOUT = 30 * 60
ACCOUNT_PREVENT_ENUMERATION = True
# Ours (adapter.limit) count for all processes, say how long to wait and keep what was typed.
ACCOUNT_RATE_LIMITS = dict.fromkeys(
    ["login", "login_failed", "signup", "reset_password", "request_login_code", "change_password"]
)
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "redleaf.accounts.forms.SignInForm",
    "signup": "redleaf.accounts.forms.SignUpForm",
    "add_email": "redleaf.accounts.forms.AddAddressForm",
    "reset_password": "redleaf.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "redleaf.accounts.forms.NewPasswordForm",
    "set_password": "redleaf.accounts.forms.SetPasswordForm",
    "change_password": "redleaf.accounts.forms.ChangePasswordForm",
    "request_login_code": "redleaf.accounts.forms.RequestCodeForm",
}

USERSESSIONS_TRACK_ACTIVITY = True

MFA_ADAPTER = "redleaf.accounts.adapter.TwoStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
MFA_FORMS = {
    "authenticate": "redleaf.accounts.forms.TwoStepForm",
    "reauthenticate": "redleaf.accounts.forms.TwoStepAgainForm",
    "add_webauthn": "redleaf.accounts.forms.AddPasskeyForm",
    "signup_webauthn": "redleaf.accounts.forms.SignUpPasskeyForm",
    "edit_webauthn": "redleaf.accounts.forms.RenamePasskeyForm",
    "login_webauthn": "redleaf.accounts.forms.PasskeySignInForm",
    "authenticate_webauthn": "redleaf.accounts.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "redleaf.accounts.forms.PasskeyAgainForm",
}
EMAIL_BACKEND = "redleaf.accounts.mail.OutboxBackend"
