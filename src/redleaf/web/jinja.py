"""The template engine: Jinja2 with our filters and addresses, compiled for each language."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import TemplateDoesNotExist
from django.template.backends.jinja2 import Jinja2, Template
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, TemplateNotFound
from markupsafe import Markup

from redleaf.core.ids import encode
from redleaf.web import cards
from redleaf.web.filters import FILTERS
from redleaf.web.folding import LanguageEnvironment

STAND_IN = UUID(int=0x0192_3F5A_7C11_7A3E_9D0C_5B7E_21F4_88AC)  # an id that nothing has
STAND_IN_REF = encode(STAND_IN)


class Templates(Jinja2):
    """Django's Jinja2 backend with an environment for each language of the edition."""

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._environments: dict[str, Environment] = {settings.LANGUAGE_CODE: self.env}

    def from_string(self, template_code: str) -> Template:
        return Template(self._environment().from_string(template_code), self)

    def get_template(self, template_name: str) -> Template:
        try:
            return Template(self._environment().get_template(template_name), self)
        except TemplateNotFound as missing:
            raise TemplateDoesNotExist(template_name, backend=self) from missing

    def _environment(self) -> Environment:
        language = translation.get_language() or settings.LANGUAGE_CODE
        found = self._environments.get(language)
        if found is None:
            found = self._environments[language] = environment(
                language,
                autoescape=self.env.autoescape,
                loader=self.env.loader,
                auto_reload=self.env.auto_reload,
                undefined=self.env.undefined,
            )
        return found


def environment(language: str = "", **options: Any) -> LanguageEnvironment:
    """Return the environment of a language, by default the edition's own."""
    made = LanguageEnvironment(
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    made.language = language or settings.LANGUAGE_CODE
    made.constants = {"url": address, "static": static_path, "icon": icon, "logo": logo}
    made.install_gettext_callables(  # type: ignore[attr-defined] # added by the extension
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        newstyle=True,
    )
    made.filters.update(FILTERS)
    made.globals.update(
        **made.constants,
        count_mark=cards.COUNT,
        liked_mark=cards.LIKED,
        pressed_mark=cards.PRESSED,
        more_mark=cards.MORE,
    )
    return made


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a view.

    Addresses that differ in one id are made once, with another id in its place: finding the way
    back from a name costs more than the rest of a line of template.
    """
    if kwargs:
        return reverse(name, kwargs=kwargs)
    ref = next((item for item in args if isinstance(item, UUID)), None)
    if ref is None:
        return _known_address(name, *args)
    pattern = _known_address(name, *(STAND_IN if item is ref else item for item in args))
    return pattern.replace(STAND_IN_REF, encode(ref))


@lru_cache(maxsize=4096)
def _known_address(name: str, *args: Any) -> str:
    return reverse(name, args=args or None)


@lru_cache(maxsize=512)
def static_path(path: str) -> str:
    """Return the address of a static file."""
    return str(staticfiles_storage.url(path))


@lru_cache(maxsize=512)
def icon(name: str, classes: str = "") -> Markup:
    """Return one of our icons, hidden from screen readers: words or a label stand beside it."""
    return Markup(
        '<svg class="icon {name} {classes}" aria-hidden="true">'
        '<use href="{file}#{name}"></use></svg>'
    ).format(name=name, classes=classes, file=static_path("web/icons.svg"))


def logo() -> Markup:
    """Return the leaf."""
    return icon("leaf")
