from django.apps import AppConfig


class DiscoveryConfig(AppConfig):
    name = "redleaf.discovery"
    label = "discovery"

    def ready(self) -> None:
        from redleaf.core import loops
        from redleaf.discovery import acts, consents, handlers, jobs, partitions
        from redleaf.discovery.reach import hearing, telling
        from redleaf.discovery.reach import jobs as reach_jobs
        from redleaf.discovery.search import documents, writing
        from redleaf.web import slots

        handlers.subscribe_all()
        acts.subscribe_all()
        jobs.install()
        hearing.subscribe_all()
        reach_jobs.install()
        telling.install()
        documents.install()
        consents.install()
        loops.register("search_index", writing.keep_fresh)
        loops.register("partitions", partitions.keep)
        slots.register_script("note", "discovery/seen.js")
