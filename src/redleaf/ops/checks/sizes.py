"""Files and functions stay small enough to be read at once."""

import ast
from collections.abc import Iterator
from pathlib import Path

FILE_LINES = 500
FUNCTION_LINES = 60
SUFFIXES = {".py", ".html", ".css", ".js"}
# Written, not built: what the demo says, and word lists.
CONTENT = ("src/redleaf/demo/content/", "src/redleaf/ops/bench/vocabulary/")
ONLY_FILES = {"tests", "migrations"}  # a test's length is its story, a migration's is Django's


def offenders(repository: Path, files: list[str]) -> Iterator[str]:
    """Say each file and function, of those named, that is longer than it may be."""
    for name in files:
        path = repository / name
        if path.suffix not in SUFFIXES or name.startswith(CONTENT) or not path.exists():
            continue
        text = path.read_text(encoding="utf-8")
        lines = text.count("\n")
        if lines > FILE_LINES:
            yield f"{name}: {lines} lines; at most {FILE_LINES}"
        if path.suffix == ".py" and not ONLY_FILES & set(Path(name).parts):
            yield from _long_functions(name, text)


def _long_functions(name: str, text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text, name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                place = f"{name}:{node.lineno}: {node.name}"
                yield f"{place} has {lines} lines; at most {FUNCTION_LINES}"
