"""Channels and places in Django's admin, with a name for each language of the interface."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from redleaf.core.text import clean_line
from redleaf.editions import selectors
from redleaf.editions.file import LANGUAGES
from redleaf.editions.models import Channel, Named, Place

NAME_LENGTH = 60
OWN_FIELDS = ("slug", "kind", "parent", "latitude", "longitude", "position", "is_open")


def _field(language: str) -> str:
    return f"name_{language.replace('-', '_')}"


class NamedForm(forms.ModelForm):  # type: ignore[type-arg] # generic only in the stubs
    """One input for each language; English is needed, the others fall back on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, words in LANGUAGES.items():
            self.fields[_field(language)] = forms.CharField(
                label=words,
                max_length=NAME_LENGTH,
                required=language == "en",
                initial=self.instance.names.get(language, ""),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        names = {code: clean_line(cleaned.get(_field(code)) or "") for code in LANGUAGES}
        if not names["en"]:
            self.add_error(_field("en"), _("Give a name."))
        self.instance.names = {code: name for code, name in names.items() if name}
        return cleaned


class NamedAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # generic only in the stubs
    """Shows every language; a change is on the pages of this process at once."""

    form = NamedForm
    search_fields = ["slug", "names"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        del request, obj
        names = [_field(language) for language in LANGUAGES]
        return [(None, {"fields": self._own()}), (_("Name"), {"fields": names})]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        return super().get_form(request, obj, change, **{**kwargs, "fields": self._own()})

    def save_model(self, request: HttpRequest, obj: Named, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        selectors.forget()

    def delete_model(self, request: HttpRequest, obj: Named) -> None:
        super().delete_model(request, obj)
        selectors.forget()

    def _own(self) -> list[str]:
        present = {field.name for field in self.model._meta.get_fields()}
        return [name for name in OWN_FIELDS if name in present]


@admin.register(Channel)
class ChannelAdmin(NamedAdmin):
    """The subjects under Explore; a closed one stays with its notes but is not offered."""

    list_display = ["name", "slug", "position", "is_open"]
    list_editable = ["position", "is_open"]


@admin.register(Place)
class PlaceAdmin(NamedAdmin):
    """The places that notes can be about."""

    list_display = ["name", "slug", "kind", "parent"]
    list_filter = ["kind"]
    autocomplete_fields = ["parent"]
