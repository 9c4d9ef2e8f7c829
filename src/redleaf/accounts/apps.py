from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "redleaf.accounts"
    label = "accounts"
