"""Forms of the settings: profile, handle, language and appearance."""

import zoneinfo
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from redleaf import editions
from redleaf.accounts import handles, services
from redleaf.accounts.forms.fields import LONGEST_LINE, checked
from redleaf.accounts.models import Language, Theme
from redleaf.editions import selectors as edition_selectors


class ProfileForm(forms.Form):
    """Name, a few words about oneself, city."""

    display_name = forms.CharField(
        max_length=LONGEST_LINE,
        error_messages={"required": gettext_lazy("Please write a name.")},
    )
    bio = forms.CharField(max_length=20_000, required=False, widget=forms.Textarea)
    city = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Please choose a city from the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities = sorted((city.name, city.slug) for city in edition_selectors.cities())
        field = cast("forms.ChoiceField", self.fields["city"])
        field.choices = [("", ""), *((slug, name) for name, slug in cities)]

    def clean_display_name(self) -> str:
        return checked(services.clean_name, self.cleaned_data["display_name"])

    def clean_bio(self) -> str:
        return checked(services.clean_bio, self.cleaned_data["bio"])


class HandleForm(forms.Form):
    """Another handle."""

    handle = forms.CharField(
        max_length=200, error_messages={"required": gettext_lazy("Please write a name.")}
    )

    def clean_handle(self) -> str:
        return checked(handles.clean_handle, self.cleaned_data["handle"])


class AppearanceForm(forms.Form):
    """Language, time zone, theme."""

    language = forms.ChoiceField()
    time_zone = forms.CharField(max_length=64)
    theme = forms.ChoiceField(choices=[(theme.value, theme.value) for theme in Theme])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = editions.current().languages
        field = cast("forms.ChoiceField", self.fields["language"])
        field.choices = [choice for choice in Language.choices if choice[0] in offered]

    def clean_time_zone(self) -> str:
        zone: str = self.cleaned_data["time_zone"].strip().replace(" ", "_")
        if zone not in zoneinfo.available_timezones():
            raise forms.ValidationError(
                gettext_lazy("Please choose a time zone from the list."), code="bad_time_zone"
            )
        return zone
