"""Static files whose names change with their content, so that browsers may keep them for good."""

from collections.abc import Iterator
from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

# Parts of htmx that we do not use; their comments look like imports of files that are not there.
UNUSED = "django_htmx/ext/"


class NamedByContent(ManifestStaticFilesStorage):
    """Django's hashed names, in the imports of our ES modules as well."""

    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        used = {name: path for name, path in paths.items() if not name.startswith(UNUSED)}
        yield from super().post_process(used, dry_run, **options)
