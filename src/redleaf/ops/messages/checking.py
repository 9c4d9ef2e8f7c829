"""What is wrong with the translations: missing, stale, broken, or never asked for."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from redleaf.ops.messages import catalogues, extracting, files
from redleaf.ops.messages.extracting import Problem

SHOWN = 12  # problems of one kind that are listed by name

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
_TAG = re.compile(r"</?([a-z][a-z0-9]*)")
# Not for translation: scripts, drawings, code, and what is marked as being English everywhere.
_MARKUP = re.compile(
    r"<(script|style|svg|code|kbd|pre)\b.*?</\1\s*>|<(\w+)\b[^<>]*\blang=\"en\".*?</\2\s*>"
    r"|<!--.*?-->|<![^>]*>",
    re.S | re.I,
)
_ATTRIBUTE = re.compile(r"[\w-]+=\"[^\"]*\"|[\w-]+='[^']*'")  # left over from macros within tags
_CLASS = re.compile(r"\s*[a-z][a-z0-9_ -]*\s*")
_ELEMENT = re.compile(r"<[^<>]*>", re.S)
_SPOKEN = re.compile(
    r"\b(?:alt|title|placeholder|aria-label|aria-description|content-label)=\"([^\"]*)\"", re.I
)
_ENTITY = re.compile(r"&#?\w+;")
_WORD = re.compile(r"[^\W\d_]{2,}")
_PROSE = re.compile(r"^[A-Z][a-z’']+( .*|[.!?…]?)$|^[A-Za-z’']+( [a-z’']+){2,}")
_HOLE = "\x00"
# Names that are the same in every language, and file formats.
_NAMES = {"Redleaf", "红叶", "紅葉", "JPEG", "PNG", "WebP", "AVIF", "HEIC", "MP4", "MOV", "WebM"}
_PLURAL_FORMS = {"fr": 2, "zh_Hans": 1, "zh_Hant": 1}
_SPOKEN_BLOCKS = {"main", "title", "description", "content"}
_TRANSLATED = {"gettext", "ngettext", "pgettext", "npgettext", "_"}


def check(source: Path = files.SOURCE, folder: Path | None = None) -> list[str]:
    """Return everything that is wrong, in words; nothing when all languages are complete."""
    folder = folder or source / "locale"
    texts, problems = extracting.extract(source)
    found = [str(problem) for problem in problems]
    found += [str(problem) for problem in untranslatable(source)]
    found += [str(problem) for problem in _disagreeing(texts)]
    for locale in files.LOCALES:
        found += _check_locale(locale, texts, folder)
    return found


def _check_locale(locale: str, texts: list[extracting.Text], folder: Path) -> Iterator[str]:
    path = files.catalogue(locale, folder)
    if not path.exists():
        yield f"{locale}: there is no catalogue; ./redleaf messages extract makes one"
        return
    wanted = {(text.singular, text.context) for text in texts}
    content = catalogues.read(locale, folder)
    present = {}
    for message in content:
        if message.id:
            present[(_singular(message), message.context or "")] = message
    yield from _listed(f"{locale}: not extracted yet", wanted - set(present))
    yield from _listed(f"{locale}: no longer in the source", set(present) - wanted)
    if content.obsolete:
        yield f"{locale}: {len(content.obsolete)} commented-out entries; extract removes them"
    current = {key: message for key, message in present.items() if key in wanted}
    empty = {key for key, item in current.items() if not catalogues.is_translated(item)}
    yield from _listed(f"{locale}: not translated", empty)
    for key in sorted(set(current) - empty):
        yield from (f"{locale}: {key[0]!r}: {words}" for words in wrong(locale, current[key]))


def _listed(title: str, keys: set[tuple[str, str]]) -> Iterator[str]:
    for singular, _context in sorted(keys)[:SHOWN]:
        yield f"{title}: {singular!r}"
    if len(keys) > SHOWN:
        yield f"{title}: and {len(keys) - SHOWN} more"


def wrong(locale: str, message: Any) -> Iterator[str]:
    """Say what is wrong with one translated message."""
    if message.fuzzy:
        yield "marked fuzzy; look at it and remove the mark"
    if isinstance(message.id, str):
        yield from _compared(message.id, str(message.string), (message.id,))
        return
    forms = list(message.string) if isinstance(message.string, tuple | list) else [message.string]
    if len(forms) != _PLURAL_FORMS[locale]:
        yield f"{len(forms)} plural forms; this language has {_PLURAL_FORMS[locale]}"
    singular, plural = message.id
    for number, form in enumerate(forms):
        # The form for one may leave the number out, as English may; the last has what English has.
        allowed = (singular, plural) if number == 0 and len(forms) > 1 else (plural,)
        yield from _compared(plural, form, allowed)


def _compared(english: str, given: str, allowed: tuple[str, ...]) -> Iterator[str]:
    held = sorted(_PLACEHOLDER.findall(given))
    if held not in [sorted(_PLACEHOLDER.findall(text)) for text in allowed]:
        wanted = ", ".join(_PLACEHOLDER.findall(english)) or "none"
        yield f"its placeholders are {', '.join(held) or 'none'}; in English they are {wanted}"
    if sorted(_TAG.findall(given)) != sorted(_TAG.findall(english)):
        yield "its markup is not that of the English text"


def _singular(message: Any) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def _disagreeing(texts: list[extracting.Text]) -> Iterator[Problem]:
    """Find one English text with two plurals: a catalogue has room for one."""
    for _key, same in extracting.messages_of(texts):
        plurals = {text.plural for text in same if text.plural}
        if len(plurals) > 1:
            words = f"{same[0].singular!r} has two plurals: {' and '.join(sorted(plurals))}"
            yield Problem(same[0].file, same[0].line, words)


# The style page shows words as members of each language write them.
_SAMPLES = {"style.html", "_style.html"}


def untranslatable(source: Path = files.SOURCE) -> list[Problem]:
    """Find words in templates that stand there in one language only."""
    found: list[Problem] = []
    for path in extracting.template_files(source):
        if path.suffix == ".html" and path.name not in _SAMPLES:
            found += untranslatable_in(
                path.read_text(encoding="utf-8"), path.relative_to(source).as_posix()
            )
    return found


def untranslatable_in(text: str, name: str) -> list[Problem]:
    """Find the words between tags, in spoken attributes and among a macro's arguments."""
    from jinja2 import TemplateSyntaxError

    try:
        tree = extracting.environment().parse(text)
    except TemplateSyntaxError:
        return []  # the extraction says so
    pieces: list[tuple[str, int]] = []
    constants: list[tuple[str, int]] = []
    _read(tree, pieces, constants, translated=False)
    page = "".join(piece for piece, _line in pieces)
    spoken = list(_SPOKEN.findall(page))
    bare = _ATTRIBUTE.sub(_HOLE, _ELEMENT.sub(_HOLE, _MARKUP.sub(_HOLE, page)))
    found = [
        Problem(name, _line_of(part, text), f"words outside of _(): {part.strip()[:60]!r}")
        for part in (*bare.split(_HOLE), *spoken)
        if _has_words(part)
    ]
    found += [
        Problem(name, line, f"words outside of _(): {value[:60]!r}")
        for value, line in constants
        if _PROSE.match(value) and value not in _NAMES
    ]
    return found


def _has_words(part: str) -> bool:
    words = _WORD.findall(_ENTITY.sub(" ", part))
    return any(word not in _NAMES for word in words)


def _line_of(part: str, text: str) -> int:
    """Return the line where a piece of text stands; the first, should it occur twice."""
    first = part.strip().partition("\n")[0]
    place = text.find(first)
    return text.count("\n", 0, place) + 1 if place >= 0 else 1


def _read(
    node: Any,
    pieces: list[tuple[str, int]],
    constants: list[tuple[str, int]],
    *,
    translated: bool,
) -> None:
    """Collect a template's own text in order, holes where expressions stand, and plain strings."""
    from jinja2 import nodes

    if isinstance(node, nodes.TemplateData):
        pieces.append((node.data, node.lineno))
        return
    if isinstance(node, nodes.Block) and node.name not in _SPOKEN_BLOCKS:
        own = "".join(part.data for part in node.find_all(nodes.TemplateData))
        if _CLASS.fullmatch(own):
            return  # a block inside of a tag: the name of a class
    if isinstance(node, nodes.Output):
        for child in node.nodes:
            if not isinstance(child, nodes.TemplateData):
                pieces.append((_HOLE, node.lineno))
            _read(child, pieces, constants, translated=translated)
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and not translated:
        constants.append((node.value, node.lineno))
        return
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
        translated = translated or node.node.name in _TRANSLATED
    for child in node.iter_child_nodes():
        _read(child, pieces, constants, translated=translated)
