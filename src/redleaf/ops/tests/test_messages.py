"""Translations: found in the source, kept, compiled, and checked."""

import gettext
import textwrap
from pathlib import Path

import pytest

from redleaf.ops.messages import catalogues, checking, extracting, files


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small source with a module and a template."""
    module = """
        from django.utils import translation
        from django.utils.translation import gettext as _, gettext_lazy as lazy
        from django.utils.translation import ngettext, pgettext

        A = lazy("Good morning")
        def say(n, who):
            _("Hello, %(name)s") % {"name": who}
            pgettext("verb", "Open")
            translation.gettext("Plain")
            return ngettext("%(num)d leaf", "%(num)d leaves", n) % {"num": n}
        def _not_ours(text):
            return text
        other = "Not for translation"
    """
    page = """
        {% block title %}{{ _("A title") }}{% endblock %}
        <p>{{ ngettext("%(num)d note", "%(num)d notes", n) }}</p>
        {% trans who=name %}For {{ who }}
          alone{% endtrans %}
    """
    write(tmp_path / "room" / "views.py", module)
    write(tmp_path / "room" / "templates" / "room" / "page.html", page)
    write(tmp_path / "room" / "tests" / "test_it.py", module.replace("Good morning", "In a test"))
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text), encoding="utf-8")


TRANSLATIONS = {
    "Good morning": "早",
    "Hello, %(name)s": "你好，%(name)s",
    "Open": "打开",
    "Plain": "素",
    "%(num)d leaf": "%(num)d 片叶子",
    "A title": "标题",
    "%(num)d note": "%(num)d 篇笔记",
    "For %(who)s alone": "只给 %(who)s",
}


def translate(tree: Path) -> None:
    """Fill all catalogues."""
    for locale in files.LOCALES:
        content = catalogues.read(locale, tree / "locale")
        for message in content:
            if not message.id:
                continue
            singular = message.id if isinstance(message.id, str) else message.id[0]
            words = TRANSLATIONS[singular]
            number = 1 if locale.startswith("zh") else 2
            message.string = words if isinstance(message.id, str) else (words,) * number
        files.catalogue(locale, tree / "locale").write_bytes(catalogues.as_bytes(content))


@pytest.fixture
def translated(tree: Path) -> Path:
    catalogues.update(extracting.extract(tree)[0], tree / "locale")
    translate(tree)
    return tree


def change(tree: Path, locale: str, old: str, new: str) -> None:
    path = files.catalogue(locale, tree / "locale")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_texts_are_found_whatever_their_function_is_called(tree: Path) -> None:
    texts, problems = extracting.extract(tree)
    assert problems == []
    assert {text.singular for text in texts} == set(TRANSLATIONS)
    assert next(text for text in texts if text.singular == "Open").context == "verb"
    assert next(text for text in texts if "leaf" in text.singular).plural == "%(num)d leaves"


def test_a_text_that_is_put_together_is_reported(tmp_path: Path) -> None:
    write(
        tmp_path / "room" / "views.py",
        """
        from django.utils.translation import gettext as _
        def say(who):
            return _(f"Hello, {who}")
        """,
    )
    assert "room/views.py:4" in str(extracting.extract(tmp_path)[1][0])
    assert any("written out whole" in words for words in checking.check(tmp_path))


def test_an_update_keeps_what_is_translated_and_drops_what_is_gone(translated: Path) -> None:
    path = translated / "room" / "views.py"
    path.write_text(path.read_text().replace('_("Hello, %(name)s")', '_("New words")'))
    lacking = catalogues.update(extracting.extract(translated)[0], translated / "locale")
    assert lacking == {"fr": 1, "zh_Hans": 1, "zh_Hant": 1}
    text = files.catalogue("fr", translated / "locale").read_text(encoding="utf-8")
    assert "早" in text
    assert "New words" in text
    assert "Hello" not in text


def test_an_update_without_changes_writes_the_same_bytes(translated: Path) -> None:
    path = files.catalogue("zh_Hans", translated / "locale")
    before = path.read_bytes()
    catalogues.update(extracting.extract(translated)[0], translated / "locale")
    assert path.read_bytes() == before


def test_complete_catalogues_pass(translated: Path) -> None:
    assert checking.check(translated) == []


def test_compiled_catalogues_speak(translated: Path) -> None:
    folder = translated / "locale"
    assert len(files.compile_stale(folder)) == 3
    assert files.compile_stale(folder) == []
    found = gettext.translation(files.DOMAIN, folder, ["zh_Hans"])
    assert found.gettext("Good morning") == "早"
    assert found.ngettext("%(num)d leaf", "%(num)d leaves", 5) % {"num": 5} == "5 片叶子"
    assert found.pgettext("verb", "Open") == "打开"


def test_without_catalogues_every_language_is_missing(tree: Path) -> None:
    found = checking.check(tree)
    assert [words for words in found if "there is no catalogue" in words] == found
    assert len(found) == 3


@pytest.mark.parametrize(
    ("locale", "old", "new", "words"),
    [
        ("fr", 'msgstr "早"', 'msgstr ""', "fr: not translated: 'Good morning'"),
        ("fr", "你好，%(name)s", "你好", "its placeholders are none"),
        ("zh_Hans", "你好，%(name)s", "你好，%(nom)s", "its placeholders are %(nom)s"),
        ("zh_Hant", "%(num)d 片叶子", "叶子", "its placeholders are none"),
        ("fr", "%(num)d 片叶子", "<b>%(num)d</b>", "its markup"),
        ("fr", '\nmsgid "Plain"', '\n#, fuzzy\nmsgid "Plain"', "marked fuzzy"),
        ("fr", 'msgid "Plain"', 'msgid "Other"', "no longer in the source: 'Other'"),
        ("fr", 'msgid "Plain"', 'msgid "Other"', "not extracted yet: 'Plain'"),
        ("fr", 'msgstr[1] "%(num)d 片叶子"\n', "", "not translated"),
    ],
)
def test_what_is_wrong_is_said(
    translated: Path, locale: str, old: str, new: str, words: str
) -> None:
    change(translated, locale, old, new)
    found = checking.check(translated)
    assert any(words in line for line in found), found
    assert all(line.startswith(locale) for line in found)


def test_the_form_for_one_may_leave_the_number_out(translated: Path) -> None:
    change(translated, "fr", 'msgstr[0] "%(num)d 篇笔记"', 'msgstr[0] "une note"')
    # English has the number in its form for one, so French is held to that.
    assert any("placeholders" in line for line in checking.check(translated))


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("<p>Hello there</p>", ["Hello there"]),
        ("<p>{{ name }} likes this</p>", ["likes this"]),
        ('<img alt="A tree">', ["A tree"]),
        ('<input placeholder="Search" name="q">', ["Search"]),
        ('<button aria-label="{{ name }} menu">x</button>', ["menu"]),
        ('{{ button("Save note") }}', ["Save note"]),
        ("{% if x %}Yes{% else %}{{ _('No') }}{% endif %}", ["Yes"]),
        ('<p>{{ _("Hello there") }}</p>', []),
        ('<img alt="{{ _("A tree") }}">', []),
        ("<p>{{ name }} · {{ count }} / 20 — #</p>", []),
        ("<p>Redleaf &amp; 红叶 &nbsp;</p>", []),
        ('<div class="wide card" data-kind="narrow">{{ x }}</div>', []),
        ("<script>var words = 'not seen';</script><style>p { color: red }</style>", []),
        ("{# a remark #}<!-- another remark -->", []),
        ('{{ icon("heart") }}{{ url("notes:page", id) }}', []),
        ("{% block page_class %}narrow{% endblock %}", []),
        ('{% macro words() %}data-failed="{{ _("No") }}"{% endmacro %}', []),
        ('<p lang="en">rank = 3</p><code>./redleaf up</code>', []),
    ],
)
def test_words_outside_of_translations_are_found(page: str, wrong: list[str]) -> None:
    found = [str(problem) for problem in checking.untranslatable_in(page, "page.html")]
    assert len(found) == len(wrong), found
    for words, line in zip(wrong, found, strict=True):
        assert words in line


def test_one_text_with_two_plurals_is_found(tmp_path: Path) -> None:
    write(
        tmp_path / "room" / "views.py",
        """
        from django.utils.translation import ngettext
        def say(n):
            return ngettext("%d note", "%d notes", n), ngettext("%d note", "%d texts", n)
        """,
    )
    assert any("has two plurals" in line for line in checking.check(tmp_path))
