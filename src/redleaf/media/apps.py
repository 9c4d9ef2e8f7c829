from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "redleaf.media"
    label = "media"

    def ready(self) -> None:
        from redleaf.media import jobs

        jobs.install()
