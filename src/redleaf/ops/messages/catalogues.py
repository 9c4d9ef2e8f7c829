"""Bringing the catalogues up to date with the source."""

import io
import re
from pathlib import Path
from typing import Any

from redleaf.ops.messages import extracting, files

# Nothing that changes by itself: two people who extract the same texts write the same bytes.
_CHANGING = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To'
    r"|Project-Id-Version|Generated-By)[^\n]*\n",
    re.MULTILINE,
)
HEADER = "# Translations of Redleaf. English is the source: see CONTRIBUTING.md."


def template(texts: list[extracting.Text]) -> Any:
    """Return the source texts as a catalogue without translations."""
    from babel.messages.catalog import Catalog

    made = Catalog(domain=files.DOMAIN, project="Redleaf")
    for (singular, context), same in extracting.messages_of(texts):
        plural = next((text.plural for text in same if text.plural), "")
        made.add(
            (singular, plural) if plural else singular,
            locations=[(name, 0) for name in sorted({text.file for text in same})],
            flags=_flags(singular + plural),
            context=context or None,
        )
    return made


def read(locale: str, folder: Path = files.LOCALE) -> Any:
    """Return a language's catalogue; an empty one when there is none."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    path = files.catalogue(locale, folder)
    if not path.exists():
        return Catalog(locale=locale, domain=files.DOMAIN)
    with path.open("rb") as file:
        return read_po(file, locale=locale, domain=files.DOMAIN)


def update(texts: list[extracting.Text], folder: Path = files.LOCALE) -> dict[str, int]:
    """Write every language's catalogue: what is translated stays, what is gone goes, what is new
    is empty. Return how many texts each language lacks.
    """
    lacking: dict[str, int] = {}
    for locale in files.LOCALES:
        old = read(locale, folder)
        old.update(template(texts), no_fuzzy_matching=True, update_header_comment=False)
        old.obsolete.clear()
        path = files.catalogue(locale, folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(old))
        lacking[locale] = sum(1 for message in old if message.id and not is_translated(message))
    return lacking


def as_bytes(content: Any) -> bytes:
    """Return a catalogue as the file that holds it."""
    from babel.messages.pofile import write_po

    out = io.BytesIO()
    content.fuzzy = False
    content.header_comment = HEADER
    write_po(out, content, width=0, include_lineno=False, sort_output=True, ignore_obsolete=True)
    return _CHANGING.sub("", out.getvalue().decode("utf-8")).encode("utf-8")


def is_translated(message: Any) -> bool:
    """Return whether every form of a message has words."""
    given = message.string
    return bool(given) and (isinstance(given, str) or all(given))


def _flags(text: str) -> list[str]:
    return ["python-format"] if re.search(r"%(\(\w+\))?[sd]", text) else []
