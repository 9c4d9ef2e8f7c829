"""What a comment's form sends, and what it shows of it again."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest
from django.utils.translation import gettext as _

from redleaf.accounts.models import Account
from redleaf.accounts.people import signed_in
from redleaf.core import ids
from redleaf.core.errors import Invalid
from redleaf.core.text import storable
from redleaf.media import services as media
from redleaf.media.models import Asset
from redleaf.media.selectors import picture_sources
from redleaf.notes.selectors import comments
from redleaf.notes.services.comments import PICTURES_MAXIMUM
from redleaf.notes.services.content import PictureChoice

TYPED_MAXIMUM = 20_000  # characters of a comment that a form gives back after an error
NAMED_MAXIMUM = 10  # pictures that a form may name, before it is told how many a comment holds


def add_pictures(request: HttpRequest, chosen: list[PictureChoice]) -> None:
    """Add the form's pictures to `chosen`: those uploaded before, and files that came with it.

    Those whose `drop` is ticked are left out. Raises Invalid; `chosen` then holds what is there.
    """
    dropped = set(request.POST.getlist("drop"))
    chosen += [
        PictureChoice(asset_id, storable(request.POST.get(f"alt-{ref}", ""))[:1000])
        for ref in request.POST.getlist("picture")[:NAMED_MAXIMUM]
        if ref not in dropped and (asset_id := comments.decode_ref(ref)) is not None
    ]
    files = request.FILES.getlist("new_pictures")
    if len(chosen) + len(files) > PICTURES_MAXIMUM:
        raise Invalid(
            "pictures",
            _("A comment holds at most %(count)d pictures.") % {"count": PICTURES_MAXIMUM},
            field="pictures",
        )
    key = posted_key(request)
    for place, file in enumerate(files):
        name = file.name or ""
        upload_key = uuid5(key, f"file {place} {name} {file.size}") if key else None
        asset = media.receive_picture(signed_in(request), file=file, name=name, key=upload_key)
        chosen.append(PictureChoice(asset.id))


def shown_pictures(account: Account, chosen: Iterable[PictureChoice]) -> list[dict[str, Any]]:
    """Return what the form draws of these pictures, of those that are the account's own."""
    chosen = list(chosen)
    found = Asset.objects.in_bulk([choice.asset_id for choice in chosen])
    return [
        {
            "ref": ids.encode(choice.asset_id),
            "alt": choice.alt,
            "sources": picture_sources(found[choice.asset_id]),
        }
        for choice in chosen
        if choice.asset_id in found and found[choice.asset_id].owner_id == account.id
    ]


def form_key(request: HttpRequest) -> UUID | None:
    """Return what makes a form sent twice one comment: its key and its content.

    The content is part of it because a tab that was copied, or gone back to, has the old key: what
    is typed there anew is a comment of its own.
    """
    key = posted_key(request)
    if key is None:
        return None
    parts = [request.POST.get("parent", ""), request.POST.get("body", "")]
    parts += request.POST.getlist("picture")[:NAMED_MAXIMUM]
    parts += [f"{file.name} {file.size}" for file in request.FILES.getlist("new_pictures")]
    return uuid5(key, storable("\n".join(parts)))


def posted_key(request: HttpRequest) -> UUID | None:
    """Return the key that the form has had since it was drawn."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def typed_words(request: HttpRequest) -> str:
    """Return the words as they were typed, for the form to show again."""
    return storable(request.POST.get("body", ""))[:TYPED_MAXIMUM]
