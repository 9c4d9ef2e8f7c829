"""What our mails say: one function for each occasion, by the name that allauth gives it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

Context = dict[str, Any]


@dataclass(frozen=True)
class Letter:
    """A subject, some paragraphs, and perhaps a code to copy or a link to follow."""

    subject: str
    paragraphs: list[str]
    code: str = ""
    link: str = ""
    link_words: str = ""
    closing: list[str] = field(default_factory=list)


def _ignore() -> str:
    return _("If that was not you, you can ignore this mail. Nothing has changed.")


def _not_you() -> str:
    return _("If that was not you, set a new password now and look at your sessions in Settings.")


def _confirm_sign_up(context: Context) -> Letter:
    return Letter(
        _("%(code)s is your code") % {"code": context["code"]},
        [_("Welcome! Type this code on the page where you signed up. It is good for 15 minutes.")],
        code=context["code"],
        closing=[_ignore()],
    )


def _confirm_address(context: Context) -> Letter:
    return Letter(
        _("%(code)s is your code") % {"code": context["code"]},
        [_("Type this code to show that this address is yours. It is good for 15 minutes.")],
        code=context["code"],
        closing=[_ignore()],
    )


def _sign_in_code(context: Context) -> Letter:
    return Letter(
        _("%(code)s is your sign-in code") % {"code": context["code"]},
        [_("Type this code on the page where you asked for it. It is good for 15 minutes.")],
        code=context["code"],
        closing=[_("Give it to nobody. We never ask for it."), _ignore()],
    )


def _reset_password(context: Context) -> Letter:
    return Letter(
        _("Set a new password"),
        [
            _("Somebody asked for a new password for your account, @%(handle)s.")
            % {"handle": context.get("username", "")},
            _("The link works once, for three hours."),
        ],
        link=context["password_reset_url"],
        link_words=_("Set a new password"),
        closing=[_ignore()],
    )


def _unknown_address(context: Context) -> Letter:
    return Letter(
        _("There is no account with this address"),
        [
            _("Somebody, perhaps you, tried to sign in with this address."),
            _("No account here uses it. You may have signed up with another one."),
        ],
        link=context["signup_url"],
        link_words=_("Sign up"),
        closing=[_("If that was not you, you can ignore this mail.")],
    )


def _already_here(context: Context) -> Letter:
    return Letter(
        _("You already have an account"),
        [
            _("Somebody, perhaps you, tried to sign up with this address."),
            _("You have an account already. If you forgot the password, set a new one."),
        ],
        link=context["password_reset_url"],
        link_words=_("Set a new password"),
        closing=[_ignore()],
    )


def _address_changed(context: Context) -> Letter:
    return Letter(
        _("Your main address has changed"),
        [
            _("Mail now goes to %(new)s, no longer to %(old)s.")
            % {"new": context["to_email"], "old": context["from_email"]}
        ],
        closing=[_not_you()],
    )


def _address_removed(context: Context) -> Letter:
    return Letter(
        _("An address was removed"),
        [
            _("%(address)s no longer belongs to your account.")
            % {"address": context["deleted_email"]}
        ],
        closing=[_not_you()],
    )


def _address_confirmed(context: Context) -> Letter:  # noqa: ARG001 - all have one form
    return Letter(_("Your address is confirmed"), [_("Thank you. Nothing else to do.")])


def _news(subject: Callable[[], str], sentence: Callable[[], str]) -> Callable[[Context], Letter]:
    def write(context: Context) -> Letter:  # noqa: ARG001 - all have one form
        return Letter(subject(), [sentence()], closing=[_not_you()])

    return write


def _closed(context: Context) -> Letter:
    return Letter(
        _("Your account is closed"),
        [
            _("Nobody can see it any more."),
            _("Changed your mind? Sign in before %(date)s and it is back as it was.")
            % {"date": context["date"]},
            _("After that day your personal data is removed for good."),
        ],
        closing=[_not_you()],
    )


LETTERS: Final[dict[str, Callable[[Context], Letter]]] = {
    "account/email/email_confirmation_signup": _confirm_sign_up,
    "account/email/email_confirmation": _confirm_address,
    "account/email/email_confirm": _address_confirmed,
    "account/email/login_code": _sign_in_code,
    "account/email/password_reset_key": _reset_password,
    "account/email/unknown_account": _unknown_address,
    "account/email/account_already_exists": _already_here,
    "account/email/email_changed": _address_changed,
    "account/email/email_deleted": _address_removed,
    "account/email/password_changed": _news(
        lambda: _("Your password has changed"),
        lambda: _("Your password was changed just now."),
    ),
    "account/email/password_set": _news(
        lambda: _("Your account has a password now"),
        lambda: _("A password was set just now."),
    ),
    "account/email/password_reset": _news(
        lambda: _("Your password has changed"),
        lambda: _("A new password was set by the link that we mailed to you."),
    ),
    "mfa/email/totp_activated": _news(
        lambda: _("Sign-in in two steps is on"),
        lambda: _("An authenticator app now gives the second step of your sign-in."),
    ),
    "mfa/email/totp_deactivated": _news(
        lambda: _("Your authenticator app is off"),
        lambda: _("Signing in no longer asks for the code of an authenticator app."),
    ),
    "mfa/email/recovery_codes_generated": _news(
        lambda: _("New recovery codes"),
        lambda: _("New recovery codes were made. The old ones no longer work."),
    ),
    "mfa/email/webauthn_added": _news(
        lambda: _("A passkey was added"),
        lambda: _("A new passkey can now sign in to your account."),
    ),
    "mfa/email/webauthn_removed": _news(
        lambda: _("A passkey was removed"),
        lambda: _("One of your passkeys no longer works here."),
    ),
    "accounts/closed": _closed,
}
