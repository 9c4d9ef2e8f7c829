from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "redleaf.web"
    label = "web"
