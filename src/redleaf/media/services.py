"""Verbs of media: receiving, attaching, releasing, retrying."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from redleaf.core import clock, ids, limits
from redleaf.core.errors import Conflict, Invalid, NotFound
from redleaf.media import jobs, store
from redleaf.media.models import Asset, AssetKind, AssetState
from redleaf.media.pictures import making
from redleaf.media.pictures.reading import read_picture, shown_name
from redleaf.media.variants import folder, keep_variant, variant_path
from redleaf.media.videos import probing

if TYPE_CHECKING:
    from redleaf.accounts.models import Account
    from redleaf.core.jobs import Job

UPLOAD_RATE = "300/h"
AVATAR_SIDE = 256


def receive_picture(
    account: "Account", *, file: IO[bytes], name: str, key: UUID | None = None
) -> Asset:
    """Check a picture, make it anew and store it, so that it can be shown at once.

    The master and a JPEG of 720 px are made here, the other variants by the worker. The same `key`
    again returns the same asset. Raises Invalid by name and rule, TooMany; then nothing is stored.
    """
    present = _by_key(account, key)
    if present is not None:
        return present
    limits.hit("upload", str(account.id), rate=UPLOAD_RATE)
    picture = read_picture(file, name)
    master = making.make(picture, "webp", making.MASTER_WIDTH, quality=88)
    quick = making.make(picture, "jpeg", making.QUICK_WIDTH)
    asset_id = ids.new_id()
    master_path = f"{folder(asset_id)}/master.webp"
    try:
        with _kept_or_removed(master_path, variant_path(asset_id, quick)):
            manifest = [keep_variant(asset_id, quick)]
            store.write(master_path, master.content)
            return _store_row(
                account,
                key,
                jobs.make_variants,
                id=asset_id,
                kind=AssetKind.PICTURE,
                width=picture.width,
                height=picture.height,
                colour=making.average_colour(picture),
                manifest=manifest,
                source_path=master_path,
                name=shown_name(name)[:120],
            )
    except IntegrityError:
        return _by_key_or_conflict(account, key)


def receive_video(
    account: "Account", *, file: IO[bytes], name: str, key: UUID | None = None
) -> Asset:
    """Check a video by its container and keep it in quarantine until the worker has made it anew.

    The same `key` again returns the same asset. Raises Invalid by name and rule, TooMany; then
    nothing is stored.
    """
    present = _by_key(account, key)
    if present is not None:
        return present
    limits.hit("upload", str(account.id), rate=UPLOAD_RATE)
    facts = probing.probe(file, name)
    asset_id = ids.new_id()
    path = f"quarantine/{ids.encode(asset_id)}"
    try:
        with _kept_or_removed(path):
            file.seek(0)
            store.write_file(path, file)
            return _store_row(
                account,
                key,
                jobs.transcode,
                id=asset_id,
                kind=AssetKind.VIDEO,
                width=facts.width,
                height=facts.height,
                duration=facts.duration or None,
                source_path=path,
                name=shown_name(name)[:120],
            )
    except IntegrityError:
        return _by_key_or_conflict(account, key)


def receive_avatar(account: "Account", *, file: IO[bytes], name: str) -> Asset:
    """Make a square portrait of a picture and give it to the account in place of the last one.

    Raises Invalid by name and rule, TooMany; then the last one stays.
    """
    from PIL import Image, ImageOps

    from redleaf.accounts.services import set_avatar

    limits.hit("upload", str(account.id), rate=UPLOAD_RATE)
    picture = read_picture(file, name)
    square = ImageOps.fit(picture, (AVATAR_SIDE, AVATAR_SIDE), Image.Resampling.LANCZOS)
    variant = making.make(square, "webp", AVATAR_SIDE, quality=82)
    asset_id = ids.new_id()
    with _kept_or_removed(variant_path(asset_id, variant)), transaction.atomic():
        asset = Asset.objects.create(
            id=asset_id,
            owner=account,
            kind=AssetKind.AVATAR,
            state=AssetState.READY,
            width=AVATAR_SIDE,
            height=AVATAR_SIDE,
            colour=making.average_colour(square),
            manifest=[keep_variant(asset_id, variant)],
            name=shown_name(name)[:120],
            attached_kind="avatar",
            attached_id=account.id,
        )
        set_avatar(account, avatar=asset.ref)  # its row's lock lets two at once come in turn
        before = Asset.objects.filter(owner=account, kind=AssetKind.AVATAR, released_at=None)
        before.exclude(id=asset_id).update(released_at=clock.now())
    return asset


def remove_avatar(account: "Account") -> None:
    """Take the account's portrait away; repeating is harmless."""
    from redleaf.accounts.services import set_avatar

    with transaction.atomic():
        set_avatar(account, avatar="")
        worn = Asset.objects.filter(owner=account, kind=AssetKind.AVATAR, released_at=None)
        worn.update(released_at=clock.now())


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
    label = dict(settings.LANGUAGES).get(language)
    if label is None:
        raise Invalid("language", _("Choose one of the languages."), field="language")
    content = probing.read_captions(file)
    # The content is in the name: an address stands for the same bytes for ever.
    digest = hashlib.sha256(content).hexdigest()[:12]
    path = f"{folder(asset.id)}/captions-{language}-{digest}.vtt"
    store.write(path, content)
    with transaction.atomic():
        locked = Asset.objects.select_for_update().get(id=asset.id)
        others = [track for track in locked.captions if track["language"] != language]
        gone = [
            track["path"]
            for track in locked.captions
            if track["language"] == language and track["path"] != path
        ]
        locked.captions = [*others, {"language": language, "label": str(label), "path": path}]
        locked.save(update_fields=["captions"])
    store.remove(gone)
    asset.captions = locked.captions


def _store_row(account: "Account", key: UUID | None, work: "Job", **fields: Any) -> Asset:
    """Store an asset with the job that it needs. Raises IntegrityError for a key used before."""
    with transaction.atomic():
        asset = Asset.objects.create(owner=account, upload_key=key, **fields)
        work.defer(asset_id=str(asset.id))
    return asset


@contextmanager
def _kept_or_removed(*paths: str) -> Iterator[None]:
    """Delete these files when what stores them fails."""
    try:
        yield
    except BaseException:
        store.remove(list(paths))
        raise


def _by_key(account: "Account", key: UUID | None) -> Asset | None:
    """Return what this key uploaded before; if it was let go of since, it is held again."""
    if key is None:
        return None
    found = Asset.objects.filter(owner=account, upload_key=key).first()
    if found is not None and found.released_at is not None:
        held = Asset.objects.filter(id=found.id).update(
            released_at=None, attached_kind="", attached_id=None, created_at=clock.now()
        )
        return Asset.objects.get(id=found.id) if held else None
    return found


def _by_key_or_conflict(account: "Account", key: UUID | None) -> Asset:
    present = _by_key(account, key)
    if present is None:
        raise Conflict("upload", _("This upload was not stored. Please try again."))
    return present
