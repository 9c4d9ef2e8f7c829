"""Every package is pinned to one version, by the checksums of its files."""

import re
from collections.abc import Iterator
from pathlib import Path

_REQUIREMENT = re.compile(r"^([A-Za-z0-9][\w.-]*)(\[[\w,.-]+\])?==\S+")


def offenders(repository: Path) -> Iterator[str]:
    """Say each requirement without version or checksum, and each file that lacks one it should
    have: what base.txt pins, test.txt pins the same.
    """
    folder = repository / "requirements"
    pinned = {}
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8").replace("\\\n", " ")
        versions = {}
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
                versions[found[1].lower()] = found[0].rpartition("==")[2]
        pinned[path.name] = versions
    test = pinned.get("test.txt", {})
    for name, version in pinned.get("base.txt", {}).items():
        if test.get(name) != version:
            yield f"{name} is {version} in base.txt and {test.get(name, 'missing')} in test.txt"
