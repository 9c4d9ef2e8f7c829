"""CPU time and memory of the product's processes, from /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
GROUPS = ("web", "worker", "postgres")


@dataclass(frozen=True)
class Usage:
    """CPU seconds since the start, and resident bytes, of each group of processes."""

    cpu: dict[str, float]
    resident: dict[str, int]


def usage(supervisor: int) -> Usage:
    """Return what the supervisor's children, and theirs, have used; the supervisor itself does
    nothing for a request and is left out."""
    parents: dict[int, int] = {}
    cpu: dict[int, float] = {}
    resident: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(entry.name)
        parents[pid] = int(fields[1])
        # With the time of children that ended and were waited for: fields 14 to 17 of proc(5).
        cpu[pid] = sum(int(value) for value in fields[11:15]) / TICK
        resident[pid] = int(fields[21]) * PAGE
    found = Usage(dict.fromkeys(GROUPS, 0.0), dict.fromkeys(GROUPS, 0))
    for pid in parents:
        group = _group(pid, parents, supervisor)
        if group:
            found.cpu[group] += cpu[pid]
            found.resident[group] += resident[pid]
    return found


def _group(pid: int, parents: dict[int, int], supervisor: int) -> str:
    top = pid
    while parents.get(top, 0) not in {supervisor, 0}:
        top = parents[top]
    if parents.get(top) != supervisor:
        return ""
    try:
        command = Path(f"/proc/{top}/cmdline").read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
    if "granian" in command:
        return "web"
    if "worker" in command:
        return "worker"
    return "postgres" if "postgres" in command else ""
