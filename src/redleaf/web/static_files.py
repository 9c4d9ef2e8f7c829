"""Static files whose names change with their content, so that browsers may keep them for good."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class NamedByContent(ManifestStaticFilesStorage):
    """Django's hashed names, in the imports of our ES modules as well."""

    support_js_module_import_aggregation = True
