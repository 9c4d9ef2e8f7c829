"""Verbs of media: receiving, attaching, releasing, retrying."""

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from redleaf.core import clock, ids, limits
from redleaf.core.errors import Conflict, NotFound
from redleaf.media import jobs, store
from redleaf.media.models import Asset, AssetKind, AssetState
from redleaf.media.pictures import making
from redleaf.media.pictures.reading import read_picture, shown_name
from redleaf.media.videos import probing

if TYPE_CHECKING:
    from redleaf.accounts.models import Account

UPLOAD_RATE = "300/h"
AVATAR_SIDE = 256


def receive_picture(
    account: "Account", *, file: IO[bytes], name: str, key: UUID | None = None
) -> Asset:
    """Check a picture, make it anew and store it, so that it can be shown at once.

    The master and a JPEG of 720 px are made here, the other variants by the worker. The same `key`
    again returns the same asset. Raises Invalid by name and rule, TooMany.
    """
    limits.hit("upload", str(account.id), rate=UPLOAD_RATE)
    present = _by_key(account, key)
    if present is not None:
        return present
    picture = read_picture(file, name)
    asset_id = ids.new_id()
    master = making.make(picture, "webp", making.MASTER_WIDTH, quality=88)
    quick = making.make(picture, "jpeg", making.QUICK_WIDTH)
    manifest = [_keep(asset_id, quick)]
    master_path = f"{_folder(asset_id)}/master.webp"
    store.write(master_path, master.content)
    try:
        with transaction.atomic():
            asset = Asset.objects.create(
                id=asset_id,
                owner=account,
                kind=AssetKind.PICTURE,
                width=picture.width,
                height=picture.height,
                colour=making.average_colour(picture),
                manifest=manifest,
                source_path=master_path,
                name=shown_name(name)[:120],
                upload_key=key,
            )
            jobs.make_variants.defer(asset_id=str(asset_id))
    except IntegrityError:
        store.remove([master_path, *(item["path"] for item in manifest)])
        return _by_key_or_conflict(account, key)
    return asset


def receive_video(
    account: "Account", *, file: IO[bytes], name: str, key: UUID | None = None
) -> Asset:
    """Check a video by its container and keep it in quarantine until the worker has made it anew.

    The same `key` again returns the same asset. Raises Invalid by name and rule, TooMany.
    """
    limits.hit("upload", str(account.id), rate=UPLOAD_RATE)
    present = _by_key(account, key)
    if present is not None:
        return present
    facts = probing.probe(file, name)
    asset_id = ids.new_id()
    path = f"quarantine/{ids.encode(asset_id)}"
    file.seek(0)
    store.write_file(path, file)
    try:
        with transaction.atomic():
            asset = Asset.objects.create(
                id=asset_id,
                owner=account,
                kind=AssetKind.VIDEO,
                width=facts.width,
                height=facts.height,
                duration=facts.duration,
                source_path=path,
                name=shown_name(name)[:120],
                upload_key=key,
            )
            jobs.transcode.defer(asset_id=str(asset_id))
    except IntegrityError:
        store.remove([path])
        return _by_key_or_conflict(account, key)
    return asset


def receive_avatar(account: "Account", *, file: IO[bytes], name: str) -> Asset:
    """Make a square portrait of a picture and give it to the account. Raises Invalid, TooMany."""
    from PIL import Image, ImageOps

    from redleaf.accounts.services import set_avatar

    limits.hit("upload", str(account.id), rate=UPLOAD_RATE)
    picture = read_picture(file, name)
    square = ImageOps.fit(picture, (AVATAR_SIDE, AVATAR_SIDE), Image.Resampling.LANCZOS)
    variant = making.make(square, "webp", AVATAR_SIDE, quality=82)
    asset_id = ids.new_id()
    item = _keep(asset_id, variant)
    with transaction.atomic():
        before = Asset.objects.filter(owner=account, kind=AssetKind.AVATAR, released_at=None)
        before.update(released_at=clock.now())
        asset = Asset.objects.create(
            id=asset_id,
            owner=account,
            kind=AssetKind.AVATAR,
            state=AssetState.READY,
            width=AVATAR_SIDE,
            height=AVATAR_SIDE,
            colour=making.average_colour(square),
            manifest=[item],
            name=shown_name(name)[:120],
            attached_kind="avatar",
            attached_id=account.id,
        )
        set_avatar(account, avatar=asset.ref)
    return asset


def attach(
    asset_ids: Iterable[UUID],
    *,
    kind: str,
    id: UUID,
    owner: Any = None,
    only_unattached: bool = False,
) -> None:
    """Say what assets belong to: its guard decides from now on who may fetch them.

    With `only_unattached` those that belong to something else, other than a draft, stay there.
    """
    chosen = Asset.objects.filter(id__in=list(asset_ids))
    if owner is not None:
        chosen = chosen.filter(owner=owner)
    if only_unattached:
        chosen = chosen.filter(attached_kind__in=["", "draft"])
    chosen.update(attached_kind=kind, attached_id=id, released_at=None)


def release(asset_ids: Iterable[UUID], *, kind: str = "", id: UUID | None = None) -> None:
    """Let go of assets: nobody can fetch them any more, and the sweep deletes their files.

    With `kind` and `id` only those that still belong to that thing.
    """
    chosen = Asset.objects.filter(id__in=list(asset_ids))
    if kind:
        chosen = chosen.filter(attached_kind=kind, attached_id=id)
    chosen.update(released_at=clock.now())


def retry_video(account: "Account", asset: Asset) -> None:
    """Try a failed video again. Raises NotFound, or Conflict when it did not fail."""
    if asset.owner_id != account.id:
        raise NotFound()
    with transaction.atomic():
        again = Asset.objects.filter(
            id=asset.id, kind=AssetKind.VIDEO, state=AssetState.FAILED
        ).exclude(source_path="")
        if not again.update(state=AssetState.PROCESSING, progress=0, failure=""):
            raise Conflict("not_failed", _("This video is not waiting for another try."))
        jobs.transcode.defer(asset_id=str(asset.id))


def add_captions(account: "Account", asset: Asset, *, file: IO[bytes], language: str) -> None:
    """Put a WebVTT track to an own video, in place of one in the same language. Raises Invalid."""
    if asset.owner_id != account.id or asset.kind != AssetKind.VIDEO:
        raise NotFound()
    content = probing.read_captions(file)
    path = f"{_folder(asset.id)}/captions-{language}.vtt"
    store.write(path, content)
    with transaction.atomic():
        locked = Asset.objects.select_for_update().get(id=asset.id)
        others = [track for track in locked.captions if track["language"] != language]
        locked.captions = [*others, {"language": language, "label": language, "path": path}]
        locked.save(update_fields=["captions"])


def _keep(asset_id: UUID, variant: making.Variant) -> dict[str, Any]:
    extension = "jpg" if variant.format == "jpeg" else variant.format
    path = f"{_folder(asset_id)}/{variant.width}.{extension}"
    store.write(path, variant.content)
    return {
        "format": variant.format,
        "width": variant.width,
        "height": variant.height,
        "path": path,
        "bytes": len(variant.content),
    }


def _folder(asset_id: UUID) -> str:
    ref = ids.encode(asset_id)
    return f"assets/{ref[-2:]}/{ref}"


def _by_key(account: "Account", key: UUID | None) -> Asset | None:
    return Asset.objects.filter(owner=account, upload_key=key).first() if key else None


def _by_key_or_conflict(account: "Account", key: UUID | None) -> Asset:
    present = _by_key(account, key)
    if present is None:
        raise Conflict("upload", _("This upload was not stored. Please try again."))
    return present


keep_variant, folder = _keep, _folder
