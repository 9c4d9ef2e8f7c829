from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "redleaf.accounts"
    label = "accounts"

    def ready(self) -> None:
        from redleaf.accounts import jobs  # noqa: F401 - the worker has to know its jobs
        from redleaf.accounts.mail import sending  # noqa: F401 - as above
