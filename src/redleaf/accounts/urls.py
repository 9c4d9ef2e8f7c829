"""Addresses of accounts. Ours stand before allauth's, which they replace where both have one."""

from allauth import urls as allauth_urls
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path

from redleaf.accounts.views import entrance, outbox, sessions, settings

urlpatterns = [
    path("account/signup/", entrance.SignUp.as_view(), name="account_signup"),
    path(
        "account/signup/passkey/",
        entrance.SignUpByPasskey.as_view(),
        name="account_signup_by_passkey",
    ),
    path("account/start-over/", entrance.start_over, name="account_start_over"),
    path("account/handle/", entrance.handle_check, name="account_handle"),
    path("account/reopen/", entrance.reopen, name="account_reopen"),
    path("account/sessions/", sessions.sessions, name="usersessions_list"),
    path(
        "account/2fa/webauthn/<sealed:pk>/rename/",
        passkeys.edit_webauthn,
        name="account_passkey_rename",
    ),
    path(
        "account/2fa/webauthn/<sealed:pk>/remove/",
        passkeys.remove_webauthn,
        name="account_passkey_remove",
    ),
    # allauth's addresses of these two show how many passkeys there are.
    path("account/2fa/webauthn/keys/<path:rest>", entrance.nothing, name="account_nothing"),
    path("account/", include(allauth_urls)),
    path("welcome/", entrance.welcome, name="welcome"),
    path("settings/", settings.overview, name="settings"),
    path("settings/profile/", settings.profile, name="settings_profile"),
    path("settings/handle/", settings.handle, name="settings_handle"),
    path("settings/appearance/", settings.appearance, name="settings_appearance"),
    path("settings/close/", settings.close, name="settings_close"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<ref:mail_id>/", outbox.outbox_mail, name="outbox_mail"),
]
