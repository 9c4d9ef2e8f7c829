from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "redleaf.inbox"
    label = "inbox"

    def ready(self) -> None:
        from redleaf.inbox import handlers, selectors
        from redleaf.web import slots

        handlers.subscribe_all()
        slots.register_number("unread", lambda request: selectors.unread_count(request.user))
