from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "redleaf.discovery"
    label = "discovery"

    def ready(self) -> None:
        from redleaf.core import loops
        from redleaf.discovery import handlers, jobs
        from redleaf.discovery.reach import hearing
        from redleaf.discovery.reach import jobs as reach_jobs
        from redleaf.discovery.search import documents, writing

        handlers.subscribe_all()
        jobs.install()
        hearing.subscribe_all()
        reach_jobs.install()
        documents.install()
        loops.register("search_index", writing.keep_fresh)
