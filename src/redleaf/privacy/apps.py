from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "redleaf.privacy"
    label = "privacy"

    def ready(self) -> None:
        from redleaf.privacy import handlers

        handlers.subscribe_all()
