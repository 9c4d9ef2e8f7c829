from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "redleaf.api"
    label = "api"
