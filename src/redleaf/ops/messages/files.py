"""The catalogues as files: where they lie, and compiling those that changed."""

import os
from pathlib import Path

DOMAIN = "django"
LOCALES = ("fr", "zh_Hans", "zh_Hant")
SOURCE = Path(__file__).resolve().parents[2]
LOCALE = SOURCE / "locale"


def catalogue(locale: str, folder: Path = LOCALE) -> Path:
    """Return where a language's catalogue lies, whether it is there or not."""
    return folder / locale / "LC_MESSAGES" / f"{DOMAIN}.po"


def stale(folder: Path = LOCALE) -> list[Path]:
    """Return the catalogues whose compiled form is missing or older."""
    found = []
    for path in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        compiled = path.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns:
            found.append(path)
    return found


def compile_stale(folder: Path = LOCALE) -> list[Path]:
    """Compile them; return which. Two processes may do this at once. Raises OSError."""
    found = stale(folder)
    for path in found:
        compile_one(path)
    return found


def compile_one(path: Path) -> None:
    """Write a catalogue's compiled form, whole or not at all."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    locale = path.parent.parent.name
    with path.open("rb") as file:
        content = read_po(file, locale=locale, domain=DOMAIN)
    draft = path.with_name(f".{DOMAIN}-{os.getpid()}.mo")
    with draft.open("wb") as out:
        write_mo(out, content)
    draft.replace(path.with_suffix(".mo"))
