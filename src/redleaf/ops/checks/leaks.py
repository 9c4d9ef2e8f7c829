"""Nothing of one machine, and no name of others' brands, in what everybody gets."""

import re
from collections.abc import Iterator
from pathlib import Path

_LIMIT = 4 * 1024 * 1024
# Written in pieces, so that this file does not hold what it looks for.
_PATHS = "|".join(("/" + "work/", "/" + "root/", r"/" + r"home/\w+/", r"/" + r"Users/\w+/"))
_INDEX = "|".join(("--index" + "-url", "--extra-index" + "-url", "--trusted" + "-host"))
_HOSTS = "|".join(("arti" + "factory", "code" + "artifact", r"pypi\.(?!org)\w+\.", "nexus" + r"\."))
_NAMES = "|".join(
    ("xiao" + "hongshu", "小" + "红书", "小" + "紅書", "little red" + " book", r"red" + "note")
)

RULES = (
    (re.compile(rf"(?<![\w.]){_PATHS}".encode()), "a path of one machine"),
    (re.compile(_INDEX.encode()), "an index of packages"),
    (re.compile(_HOSTS.encode(), re.I), "a registry's host"),
    (re.compile(rb"://[^/\s:@{]+:[^/\s:@{]{6,}@(?!localhost|127\.)"), "a password in an address"),
    (re.compile(b"-----BEGIN [A-Z ]*PRIVATE " + b"KEY-----"), "a private key"),
    (re.compile(_NAMES.encode(), re.I), "a name of somebody else's product"),
)


def offenders(repository: Path, files: list[str]) -> Iterator[str]:
    """Say each line of the named files that holds what must not be published."""
    for name in files:
        path = repository / name
        if not path.is_file() or path.stat().st_size > _LIMIT:
            continue
        content = path.read_bytes()
        if b"\0" in content[:8000]:
            continue
        for rule, words in RULES:
            for found in rule.finditer(content):
                line = content.count(b"\n", 0, found.start()) + 1
                yield f"{name}:{line}: {words}"
