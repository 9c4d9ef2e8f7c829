from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "redleaf.notes"
    label = "notes"

    def ready(self) -> None:
        from redleaf.media import guards
        from redleaf.notes import handlers, jobs
        from redleaf.notes.selectors import readable_ids
        from redleaf.notes.selectors.comments import comments_visible

        handlers.subscribe_all()
        jobs.install()
        guards.register("note", readable_ids)
        guards.register("comment", comments_visible)
