from django.apps import AppConfig
from django.urls import register_converter


class CoreConfig(AppConfig):
    name = "redleaf.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from redleaf.core import logs
        from redleaf.core.ids import RefConverter, SealedConverter

        logs.configure()
        register_converter(RefConverter, "ref")
        register_converter(SealedConverter, "sealed")
