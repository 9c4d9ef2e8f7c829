from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "redleaf.ops"
    label = "ops"
