"""What every test run begins with: compiled translations, and a browser for those who ask."""

import pytest

from redleaf.ops.messages import files

pytest_plugins = ["tests.browsing"]


def pytest_configure() -> None:
    """Compile the translations that changed: pages are tested in every language."""
    files.compile_stale()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests measured (record_property "measured"), so that every run says it."""
    lines = [
        str(value)
        for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
        for name, value in report.user_properties
        if name == "measured"
    ]
    if lines:
        terminalreporter.section("measured")
        for line in lines:
            terminalreporter.write_line(line)
