from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "redleaf.editions"
    label = "editions"
