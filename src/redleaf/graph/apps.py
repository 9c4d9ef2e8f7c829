from django.apps import AppConfig


class GraphConfig(AppConfig):
    name = "redleaf.graph"
    label = "graph"
