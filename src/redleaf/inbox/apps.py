from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "redleaf.inbox"
    label = "inbox"

    def ready(self) -> None:
        from redleaf.inbox import handlers

        handlers.subscribe_all()
