"""Every package is pinned to one version, by the checksums of its files."""

import re
from collections.abc import Iterator
from pathlib import Path

_REQUIREMENT = re.compile(r"^([A-Za-z0-9][\w.-]*)(\[[\w,.-]+\])?==\S+")


def versions_in(path: Path) -> dict[str, tuple[set[str], bool]]:
    """Return for each package, by its name in small letters, the versions that are pinned (one for
    each kind of machine) and whether every machine has it.
    """
    found: dict[str, tuple[set[str], bool]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        pin = _REQUIREMENT.match(line)
        if pin:
            versions, everywhere = found.get(pin[1].lower(), (set(), True))
            versions.add(pin[0].rpartition("==")[2])
            found[pin[1].lower()] = (versions, everywhere and " ; " not in line)
    return found


def offenders(repository: Path) -> Iterator[str]:
    """Say each requirement without version or checksum, and each file that lacks one it should
    have: what base.txt pins, test.txt pins the same.
    """
    folder = repository / "requirements"
    pinned: dict[str, dict[str, set[str]]] = {}
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8").replace("\\\n", " ")
        versions: dict[str, set[str]] = {}
        for line in text.splitlines():
            bare = line.strip()
            if not bare or bare.startswith("#"):
                continue
            found = _REQUIREMENT.match(bare)
            if found is None:
                yield f"requirements/{path.name}: not pinned to a version: {bare[:60]}"
            elif "--hash=sha256:" not in bare:
                yield f"requirements/{path.name}: no checksum: {found[0]}"
            else:
                versions.setdefault(found[1].lower(), set()).add(found[0].rpartition("==")[2])
        pinned[path.name] = versions
    test = pinned.get("test.txt", {})
    for name, wanted in pinned.get("base.txt", {}).items():
        there = test.get(name, set())
        if not wanted <= there:
            words = ", ".join(sorted(there)) or "missing"
            yield f"{name} is {', '.join(sorted(wanted))} in base.txt and {words} in test.txt"
