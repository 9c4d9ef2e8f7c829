from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "redleaf.notes"
    label = "notes"
