"""redleaf.toml: what it may say, and what it is told when it says what cannot be."""

from pathlib import Path
from typing import Any

import pytest

from redleaf import editions
from redleaf.editions.file import Edition, EditionFileError, read_file

GOOD = """
[edition]
slug = "riverside"
names = { en = "Riverside", fr = "Rivage" }
languages = ["fr", "en"]
default_language = "fr"
currency = "CAD"
time_zone = "America/Vancouver"
hosts = ["riverside.example"]

[media]
bucket = "leaves"
"""


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "redleaf.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_missing_file_means_the_edition_for_canada(tmp_path: Path) -> None:
    edition, tables = read_file(tmp_path / "none.toml")
    assert edition == Edition() and tables == {}
    assert edition.name_in("zh-hans") == "红叶" and edition.currency == "CAD"
    assert read_file(None) == (Edition(), {})


def test_a_good_file_is_read_with_all_its_tables(tmp_path: Path) -> None:
    edition, tables = read_file(written(tmp_path, GOOD))
    assert edition.slug == "riverside" and edition.languages == ("fr", "en")
    assert edition.hosts == ("riverside.example",)
    assert tables["media"] == {"bucket": "leaves"}


def test_a_name_that_is_not_there_is_the_default_languages(tmp_path: Path) -> None:
    edition, _tables = read_file(written(tmp_path, GOOD))
    assert edition.name_in("en") == "Riverside"
    assert edition.name_in("zh-hant") == "Rivage"
    assert Edition(names={}).name_in("en") == "Redleaf"


def test_an_empty_file_means_the_defaults(tmp_path: Path) -> None:
    assert read_file(written(tmp_path, ""))[0] == Edition()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[edition", "redleaf.toml"),
        (b"\xff\xfe", "redleaf.toml"),
        ('[edition]\ncolour = "red"', "no key 'colour'"),
        ('[edition]\nlanguages = ["en", "tlh"]', "language 'tlh'"),
        ('[edition]\nlanguages = ["fr"]', "default_language"),
        ('[edition]\ntime_zone = "Mars/Olympus"', "America/Toronto"),
        ('[edition]\ntime_zone = "../../etc/passwd"', "America/Toronto"),
        ('edition = "canada"', "[edition]"),
        ("[edition]\nslug = 3", "slug"),
        ('[edition]\nlanguages = "en"', "languages"),
        ("[edition]\nlanguages = []", "languages"),
        ('[edition]\nnames = "Redleaf"', "names"),
        ("[edition]\nhosts = [1]", "hosts"),
    ],
)
def test_what_cannot_be_is_named(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(EditionFileError) as told:
        read_file(written(tmp_path, text))
    assert words in str(told.value) and "redleaf.toml" in str(told.value)


def test_this_deployment_is_the_edition_of_the_settings(settings: Any) -> None:
    settings.REDLEAF_EDITION = Edition(slug="elsewhere")
    assert editions.current().slug == "elsewhere"
