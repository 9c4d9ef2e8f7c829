"""The documents tell the truth: their commands exist and their links lead somewhere."""

import argparse
import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

_FENCE = re.compile(r"^```(?:sh|console|bash)\s*\n(.*?)^```", re.S | re.M)
_ANY_FENCE = re.compile(r"^```.*?^```", re.S | re.M)
_CODE = re.compile(r"`(\./redleaf [^`]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
_HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.M)
_ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.I)


def offenders(repository: Path, files: list[str]) -> Iterator[str]:
    """Say each command in the documents that our parser does not take, and each dead link."""
    for name in files:
        path = repository / name
        if path.suffix != ".md" or not path.exists():
            continue
        text = path.read_text(encoding="utf-8")
        for line in commands_in(text):
            words = refusal_of(line)
            if words:
                yield f"{name}: `{line}`: {words}"
        yield from (f"{name}: {words}" for words in dead_links(path, text))


def commands_in(text: str) -> list[str]:
    """Return every command line of ours that a document tells the reader to type."""
    found = []
    for block in _FENCE.findall(text):
        for raw in block.replace("\\\n", " ").splitlines():
            line = raw.strip().removeprefix("$ ").partition(" #")[0].strip()
            while re.match(r"[A-Z_]+=\S* ", line):  # a variable set for this command alone
                line = line.partition(" ")[2]
            if line.startswith("./redleaf"):
                found.append(line)
    found += [line for line in _CODE.findall(_ANY_FENCE.sub("", text)) if "…" not in line]
    return found


def refusal_of(line: str) -> str:
    """Return what our own parser says against a command line; "" when it takes it."""
    from redleaf.ops.commands import command_parser

    try:
        words = shlex.split(line)[1:]
    except ValueError as error:
        return str(error)
    words = words[: words.index("|")] if "|" in words else words
    said = io.StringIO()
    parser = command_parser()
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
            options, rest = parser.parse_known_args(words)
    except SystemExit as end:
        return said.getvalue().strip().rpartition("\n")[2] if end.code else ""
    except argparse.ArgumentError as error:
        return str(error)
    if not hasattr(options, "act"):
        return "no command"
    return f"{rest[0]} is not known" if rest and not hasattr(options, "takes_rest") else ""


def dead_links(path: Path, text: str) -> Iterator[str]:
    """Say each relative link of a document that leads to no file, or to no heading there."""
    for target in _LINK.findall(_ANY_FENCE.sub("", text)):
        if _ELSEWHERE.match(target):
            continue
        name, _hash, anchor = unquote(target).partition("#")
        other = path if not name else path.parent / name
        if not other.exists():
            yield f"the link to {target} leads nowhere"
        elif anchor and other.suffix == ".md" and anchor not in _anchors(other):
            yield f"the link to {target}: no such heading"


def _anchors(path: Path) -> set[str]:
    text = _ANY_FENCE.sub("", path.read_text(encoding="utf-8"))
    return {
        re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")
        for heading in _HEADING.findall(text)
    }
