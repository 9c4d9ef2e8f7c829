"""Topics for curators and notes for reading, in Django's admin."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from redleaf.core.admin import ReadOnly
from redleaf.core.errors import Invalid
from redleaf.notes.models import Note, Topic
from redleaf.notes.services import topics

RULES_MAXIMUM = 2000


class TopicForm(forms.ModelForm):  # type: ignore[type-arg] # generic only in the stubs
    """A topic's names and rules, a field for each language, and its other spellings."""

    aliases = forms.CharField(
        label=_("Other spellings"),
        help_text=_("One on each line; they lead here and count here."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    class Meta:
        model = Topic
        fields = ["canonical"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic = self.instance
        self.fields["aliases"].initial = "\n".join(topic.aliases.values_list("key", flat=True))
        for code, name in settings.LANGUAGES:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name: %(language)s") % {"language": name},
                initial=topic.names.get(code, ""),
                max_length=60,
                required=False,
            )
            self.fields[f"rules_{code}"] = forms.CharField(
                label=_("Before you write: %(language)s") % {"language": name},
                initial=topic.rules.get(code, ""),
                max_length=RULES_MAXIMUM,
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Curate at once inside the admin's transaction, so that a refusal stands at its field."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            topics.curate(
                self.instance,
                names={code: cleaned[f"name_{code}"] for code, _name in settings.LANGUAGES},
                rules={code: cleaned[f"rules_{code}"] for code, _name in settings.LANGUAGES},
                aliases=cleaned["aliases"].splitlines(),
                canonical=cleaned["canonical"],
            )
        except Invalid as refusal:
            raise ValidationError({refusal.field or "aliases": str(refusal.message)}) from None
        return cleaned


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # generic only in the stubs
    """Name a topic in each language, say what is asked of writers, join it to another."""

    form = TopicForm
    list_display = ["key", "name", "note_count", "canonical", "created_at"]
    list_filter = [("canonical", admin.EmptyFieldListFilter)]
    search_fields = ["key", "name", "aliases__key"]
    ordering = ["-note_count", "key"]
    raw_id_fields = ["canonical"]
    readonly_fields = ["key", "name", "note_count", "created_at"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:  # noqa: ARG002 - Django's form
        codes = [code for code, _name in settings.LANGUAGES]
        return [
            (None, {"fields": ["key", "name", "note_count", "created_at"]}),
            (_("Spellings"), {"fields": ["canonical", "aliases"]}),
            (_("Names"), {"fields": [f"name_{code}" for code in codes]}),
            (_("Before you write"), {"fields": [f"rules_{code}" for code in codes]}),
        ]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        kwargs["fields"] = ["canonical"]  # the others are the form's own
        return super().get_form(request, obj, change=change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The form's check has curated the topic already."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's form
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002 - Django's form
        return False


@admin.register(Note)
class NoteAdmin(ReadOnly):
    """The public facts of public notes. What is shown to fewer people is not read here."""

    list_display = ["title", "author", "kind", "language", "state", "published_at"]
    list_filter = ["kind", "state", "language"]
    search_fields = ["title", "author__handle"]
    ordering = ["-created_at"]
    list_select_related = ["author"]
    fields = [
        *("title", "body", "author", "kind", "language", "state", "channel", "place"),
        *("number", "created_at", "published_at", "edited_at"),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(audience="public", state="published")
