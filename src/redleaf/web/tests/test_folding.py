"""Templates compiled for each language: what is worked out early, and what is not."""

from typing import Any

import pytest
from django.template import engines
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy
from markupsafe import Markup, escape

from redleaf.core import ids
from redleaf.web.jinja import address


def draw(source: str, language: str = "en", **context: Any) -> str:
    with translation.override(language):
        return str(engines["jinja"].from_string(source).render(context))


def code_of(source: str) -> str:
    with translation.override("en"):
        environment = engines["jinja"].from_string("").template.environment
        return str(environment.compile(source, raw=True))


def test_a_plain_text_is_part_of_the_compiled_template() -> None:
    assert "gettext" not in code_of('{{ _("Save") }}')


def test_an_address_without_arguments_is_part_of_the_compiled_template() -> None:
    assert "/style/" in code_of('{{ url("web:style") }}')


def test_an_address_with_a_variable_is_worked_out_when_drawn() -> None:
    assert draw('{{ url("notes:topic", key) }}', key="tea") == "/topic/tea/"


def test_a_text_with_a_value_is_translated_when_drawn() -> None:
    assert draw('{{ _("Remove %(name)s", name=name) }}', name="<b>") == "Remove &lt;b&gt;"


def test_a_percent_sign_is_written_twice_as_before() -> None:
    assert draw('{{ _("100 %%") }}') == "100 %"


def test_a_variable_of_the_same_name_is_not_taken_for_the_function() -> None:
    assert draw('{% set icon = "leaf" %}{{ icon }}') == "leaf"


def test_an_item_of_a_row_comes_before_a_method_of_dicts() -> None:
    assert draw("{{ row.items }}", row={"items": "two notes"}) == "two notes"


def test_a_dict_keeps_its_methods() -> None:
    assert (
        draw("{% for key, value in row.items() %}{{ key }}{{ value }}{% endfor %}", row={"a": 1})
        == "a1"
    )


@pytest.mark.parametrize("language", ["en", "fr", "zh-hans", "zh-hant"])
def test_each_language_draws_its_own_text(language: str) -> None:
    with translation.override(language):
        wanted = translation.gettext("Save")
    assert draw('{{ _("Save") }}', language) == wanted


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("<b>&'\"", "&lt;b&gt;&amp;&#39;&#34;"),
        (Markup("<b>"), "<b>"),
        (7, "7"),
        (None, "None"),
        (gettext_lazy("Save"), "Save"),
    ],
)
def test_a_value_is_written_as_markupsafe_escapes_it(value: object, text: str) -> None:
    drawn = draw("{{ value }}", value=value)
    assert drawn == text == str(escape(value))


def test_a_macro_writes_what_it_is_given_escaped_once() -> None:
    source = "{% macro bold(x) %}<b>{{ x }}</b>{% endmacro %}{{ bold(bold(value)) }}"
    assert draw(source, value="a&b") == "<b><b>a&amp;b</b></b>"


def test_an_address_differs_from_its_pattern_in_the_id_alone() -> None:
    one, other = ids.new_id(), ids.new_id()
    assert address("notes:mark", one, "like") == reverse("notes:mark", args=[one, "like"])
    assert address("notes:mark", other, "save") == reverse("notes:mark", args=[other, "save"])
