"""Reads of assets for templates and pages; the hot ones need no ORM."""

from typing import Any
from uuid import UUID

from redleaf.core import ids
from redleaf.core.errors import NotFound
from redleaf.media.models import Asset
from redleaf.media.pictures.making import TYPES
from redleaf.media.videos.running import failure_words
from redleaf.web.filters import language_tag

PREFERENCE = ("avif", "webp")


def picture_sources(asset: Asset | dict[str, Any]) -> dict[str, Any]:
    """Return what the picture component draws: src, sources, width, height, ratio, colour.

    Takes an asset or a row with id (or asset_id), manifest, width, height and colour.
    """
    if isinstance(asset, Asset):
        row = {
            "id": asset.id,
            "manifest": asset.manifest,
            "width": asset.width,
            "height": asset.height,
            "colour": asset.colour,
        }
    else:
        row = asset
    key = row.get("asset_id") or row["id"]
    ref = ids.encode(key if isinstance(key, UUID) else UUID(str(key)))
    by_format: dict[str, list[dict[str, Any]]] = {}
    for item in row["manifest"] or ():
        if item["format"] in TYPES:
            by_format.setdefault(item["format"], []).append(item)
    sources = [
        {
            "type": TYPES[format],
            "srcset": ", ".join(
                f"{_address(ref, item)} {item['width']}w" for item in by_format[format]
            ),
        }
        for format in PREFERENCE
        if format in by_format
    ]
    plain = by_format.get("jpeg") or [item for found in by_format.values() for item in found]
    best = min(plain, key=lambda item: abs(item["width"] - 720), default=None)
    width, height = row["width"] or 3, row["height"] or 4
    return {
        "src": _address(ref, best) if best else "",
        "sources": sources,
        "width": width,
        "height": height,
        "ratio": round(width / height, 4),
        "colour": row["colour"],
        "alt": "",
    }


def video_sources(asset: Asset | dict[str, Any]) -> dict[str, Any]:
    """Return what the video component draws: poster, hls, mp4, captions, width, height, duration,
    and `failure_words` for its owner."""
    row = asset if isinstance(asset, dict) else asset.__dict__
    ref = ids.encode(row["id"])
    variants = {item["format"]: item for item in row["manifest"] or []}
    poster = picture_sources(row)["src"]
    return {
        "poster": poster,
        "hls": f"/media/{ref}/hls/master.m3u8" if "hls" in variants else "",
        "mp4": _address(ref, variants["mp4"]) if "mp4" in variants else "",
        "captions": [
            {
                "language": language_tag(track["language"]),
                "label": track["label"],
                "src": _address(ref, track),
            }
            for track in row.get("captions") or []
        ],
        "width": row["width"],
        "height": row["height"],
        "duration": row["duration"],
        "failure_words": failure_words(row["failure"]),
    }


def own_asset(account: Any, asset_id: UUID) -> Asset:
    """Return an asset of the account's own. Raises NotFound."""
    found = Asset.objects.filter(id=asset_id, owner=account, released_at=None).first()
    if found is None:
        raise NotFound()
    return found


def uploaded(owner: Any, key: UUID) -> Asset | None:
    """Return what the owner uploaded under this key, or None."""
    return Asset.objects.filter(owner=owner, upload_key=key).first()


def usage() -> dict[str, int]:
    """Return how many assets there are, and their bytes."""
    from redleaf.core import database

    found = database.row(
        "SELECT count(*) AS assets, coalesce(sum((SELECT sum((item->>'bytes')::bigint)"
        " FROM jsonb_array_elements(manifest) AS item)), 0)::bigint AS bytes FROM media_asset"
    )
    return dict(found or {"assets": 0, "bytes": 0})


def _address(ref: str, item: dict[str, Any]) -> str:
    return f"/media/{ref}/{item['path'].rsplit('/', 1)[-1]}"
