"""Finding the texts in Python modules and templates.

Python is read by its syntax tree, with the names under which a module imports Django's functions;
a text that is not written out whole cannot be translated and is reported.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from redleaf.ops.messages.files import SOURCE

TRANSLATION = "django.utils.translation"
FUNCTIONS = {
    name: kind
    for kind, names in {
        "plain": ("gettext", "gettext_lazy", "gettext_noop"),
        "plural": ("ngettext", "ngettext_lazy"),
        "context": ("pgettext", "pgettext_lazy"),
        "context_plural": ("npgettext", "npgettext_lazy"),
    }.items()
    for name in names
}
ARGUMENTS = {"plain": 1, "plural": 2, "context": 2, "context_plural": 3}
PASSES_ON = {"web/folding.py"}  # translates what it finds in templates, which are read themselves
TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}


@dataclass(frozen=True)
class Text:
    """A text to translate: English, its plural or "", its context or "", and where it stands."""

    singular: str
    plural: str
    context: str
    file: str
    line: int


@dataclass(frozen=True)
class Problem:
    """Something in the source that no translation can reach."""

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}"


def extract(source: Path = SOURCE) -> tuple[list[Text], list[Problem]]:
    """Return every text below the folder, and what could not be extracted."""
    texts: list[Text] = []
    problems: list[Problem] = []
    for path in python_files(source):
        if path.relative_to(source).as_posix() in PASSES_ON:
            continue
        found = _from_python(path, path.relative_to(source).as_posix())
        texts += found[0]
        problems += found[1]
    for path in template_files(source):
        found = _from_template(path, path.relative_to(source).as_posix())
        texts += found[0]
        problems += found[1]
    return texts, problems


def python_files(source: Path) -> list[Path]:
    """Return the modules that may speak to members: all but tests and migrations."""
    return [
        path
        for path in sorted(source.rglob("*.py"))
        if not {"tests", "migrations", "node_modules"} & set(path.relative_to(source).parts)
        and path.name != "conftest.py"
    ]


def template_files(source: Path) -> list[Path]:
    """Return the templates."""
    return [
        path
        for path in sorted(source.rglob("templates/**/*"))
        if path.suffix in TEMPLATE_SUFFIXES and path.is_file()
    ]


@cache
def environment() -> Any:
    """Return a template environment with the syntax that our templates use."""
    from jinja2 import Environment

    made = Environment(  # noqa: S701 - it only reads the syntax, nothing is rendered
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True
    )
    made.policies["ext.i18n.trimmed"] = True
    return made


def _from_template(path: Path, name: str) -> tuple[list[Text], list[Problem]]:
    from jinja2 import TemplateSyntaxError

    source = path.read_text(encoding="utf-8")
    try:
        found = list(environment().extract_translations(source))
    except TemplateSyntaxError as error:
        return [], [Problem(name, error.lineno, f"the template does not parse: {error.message}")]
    texts: list[Text] = []
    problems: list[Problem] = []
    for line, function, given in found:
        kind = FUNCTIONS.get("gettext" if function == "_" else function)
        if kind is None:
            continue
        parts = list(given) if isinstance(given, tuple) else [given]
        _add(kind, parts, (name, line), texts, problems)
    return texts, problems


def _from_python(path: Path, name: str) -> tuple[list[Text], list[Problem]]:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    names, modules = _imported(tree)
    texts: list[Text] = []
    problems: list[Problem] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        kind = _kind(node.func, names, modules)
        if kind is not None:
            parts = [_constant(argument) for argument in node.args[: ARGUMENTS[kind]]]
            _add(kind, parts, (name, node.lineno), texts, problems)
    return texts, problems


def _imported(tree: ast.Module) -> tuple[dict[str, str], set[str]]:
    """Return the local names of Django's functions with their kind, and of their module."""
    names: dict[str, str] = {}
    modules: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom):
            continue
        for item in node.names:
            local = item.asname or item.name
            if node.module == TRANSLATION and item.name in FUNCTIONS:
                names[local] = FUNCTIONS[item.name]
            elif node.module == "django.utils" and item.name == "translation":
                modules.add(local)
    return names, modules


def _kind(function: ast.expr, names: dict[str, str], modules: set[str]) -> str | None:
    if isinstance(function, ast.Name):
        return names.get(function.id)
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return FUNCTIONS.get(function.attr) if function.value.id in modules else None
    return None


def _constant(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _add(
    kind: str,
    parts: list[str | None],
    place: tuple[str, int],
    texts: list[Text],
    problems: list[Problem],
) -> None:
    wanted = parts[: ARGUMENTS[kind]]
    if len(wanted) < ARGUMENTS[kind] or any(part is None for part in wanted):
        problems.append(Problem(*place, "a text to translate has to be written out whole"))
        return
    plain = [str(part) for part in wanted]
    context = plain.pop(0) if kind.startswith("context") else ""
    plural = plain[1] if len(plain) > 1 else ""
    texts.append(Text(plain[0], plural, context, *place))


def messages_of(texts: list[Text]) -> Iterator[tuple[tuple[str, str], list[Text]]]:
    """Return the texts that are one message (same English, same context) together, sorted."""
    found: dict[tuple[str, str], list[Text]] = {}
    for text in texts:
        found.setdefault((text.singular, text.context), []).append(text)
    yield from sorted(found.items())
