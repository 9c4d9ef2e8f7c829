from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "redleaf.demo"
    label = "demo"
