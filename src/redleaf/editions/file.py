"""Reading redleaf.toml, which describes this deployment's edition."""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LANGUAGES = {"en": "English", "fr": "Français", "zh-hans": "简体中文", "zh-hant": "繁體中文"}


class EditionFileError(ValueError):
    """redleaf.toml says something that cannot be; the message names the key and what to write."""


@dataclass(frozen=True)
class Edition:
    """What this deployment is: its name, tongues, money, time and hosts."""

    slug: str = "canada"
    names: dict[str, str] = field(
        default_factory=lambda: {
            "en": "Redleaf",
            "fr": "Redleaf",
            "zh-hans": "红叶",
            "zh-hant": "紅葉",
        }
    )
    languages: tuple[str, ...] = ("en", "fr", "zh-hans", "zh-hant")
    default_language: str = "en"
    currency: str = "CAD"
    time_zone: str = "America/Toronto"
    country: str = "CA"
    hosts: tuple[str, ...] = ()
    operator_name: str = "The people who run this Redleaf"
    operator_mail: str = "hello@localhost"

    def name_in(self, language: str) -> str:
        return self.names.get(language) or self.names.get(self.default_language) or "Redleaf"


def read_file(path: Path | None) -> tuple[Edition, dict[str, Any]]:
    """Return the edition and the whole file's tables; a missing file means the defaults.

    Raises EditionFileError for a file that does not parse or says what cannot be.
    """
    if path is None or not path.exists():
        return Edition(), {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EditionFileError(f"{path}: {error}") from error
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise EditionFileError(f"{path}: {name} is a table; write [{name}] above its keys")
    return _edition(tables.get("edition", {}), path), tables


def _check_kind(key: str, value: Any, path: Path) -> None:
    """Raise EditionFileError for a value of another kind than the key's own default."""
    usual = getattr(Edition(), key)
    if isinstance(usual, dict):
        good = isinstance(value, dict) and all(isinstance(word, str) for word in value.values())
        words = 'a table of words, such as { en = "Redleaf" }'
    elif isinstance(usual, tuple):
        good = isinstance(value, list) and all(isinstance(word, str) for word in value)
        words = 'a list of words, such as ["en", "fr"]'
    else:
        good = isinstance(value, str)
        words = "words in quotes"
    if not good:
        raise EditionFileError(f"{path}: {key} is {value!r}; write {words}")


def _edition(table: Any, path: Path) -> Edition:
    if not isinstance(table, dict):
        raise EditionFileError(f"{path}: write the edition as a table that begins with [edition]")
    known = {item.name for item in fields(Edition)}
    unknown = sorted(set(table) - known)
    if unknown:
        raise EditionFileError(
            f"{path}: [edition] has no key {unknown[0]!r}; it knows {', '.join(sorted(known))}"
        )
    for key, value in table.items():
        _check_kind(key, value, path)
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    edition = Edition(**plain)
    for language in edition.languages:
        if language not in LANGUAGES:
            raise EditionFileError(f"{path}: language {language!r}; write one of {list(LANGUAGES)}")
    if edition.default_language not in edition.languages:
        raise EditionFileError(f"{path}: default_language is not one of languages")
    try:
        ZoneInfo(edition.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise EditionFileError(
            f"{path}: time_zone {edition.time_zone!r}; write one such as America/Toronto"
        ) from error
    return edition


def _checked(key: str, value: Any, path: Path) -> Any:
    """Return a value in the form that Edition holds. Raises EditionFileError for another type."""
    wanted = getattr(Edition(), key)
    if isinstance(wanted, tuple):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise EditionFileError(f'{path}: write {key} as a list of texts: ["a", "b"]')
        return tuple(value)
    if isinstance(wanted, dict):
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise EditionFileError(f'{path}: write {key} as a table of texts: {{ en = "Redleaf" }}')
        return value
    if not isinstance(value, str):
        raise EditionFileError(f'{path}: write {key} as a text in quotes: "{value}"')
    return value
