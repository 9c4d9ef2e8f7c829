"""The template environment: Jinja2 with our filters, gettext and addresses."""

from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from jinja2 import Environment

from redleaf.web import cards
from redleaf.web.filters import FILTERS

_addresses: dict[tuple[Any, ...], str] = {}
_static: dict[str, str] = {}


def environment(**options: Any) -> Environment:
    """Return the environment that Django's Jinja2 backend renders with."""
    environment = Environment(  # noqa: S701 - Django's backend passes autoescape=True
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
        **options,
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined] # added by the extension
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        newstyle=True,
    )
    environment.filters.update(FILTERS)
    environment.globals.update(
        url=address,
        static=static_path,
        count_mark=cards.COUNT,
        liked_mark=cards.LIKED,
        pressed_mark=cards.PRESSED,
    )
    return environment


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a view; those without arguments are worked out once."""
    if args or kwargs:
        return reverse(name, args=args or None, kwargs=kwargs or None)
    found = _addresses.get((name,))
    if found is None:
        found = _addresses[(name,)] = reverse(name)
    return found


def static_path(path: str) -> str:
    """Return the address of a static file."""
    found = _static.get(path)
    if found is None:
        found = _static[path] = staticfiles_storage.url(path)
    return found


def _finalize(value: Any) -> Any:
    return str(value) if isinstance(value, Promise) else value
