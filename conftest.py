"""What every test run begins with: compiled translations, and a browser for those who ask."""

from redleaf.ops.messages import files

pytest_plugins = ["tests.browsing"]


def pytest_configure() -> None:
    """Compile the translations that changed: pages are tested in every language."""
    files.compile_stale()
