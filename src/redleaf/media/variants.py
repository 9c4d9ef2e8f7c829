"""Where an asset's files are in the store."""

from typing import Any
from uuid import UUID

from redleaf.core import ids
from redleaf.media import store
from redleaf.media.pictures.making import Variant


def folder(asset_id: UUID) -> str:
    """Return the asset's own folder, on one of 1,024 shelves."""
    ref = ids.encode(asset_id)
    return f"assets/{ref[-2:]}/{ref}"


def variant_path(asset_id: UUID, variant: Variant) -> str:
    """Return where a variant is stored."""
    extension = "jpg" if variant.format == "jpeg" else variant.format
    return f"{folder(asset_id)}/{variant.width}.{extension}"


def keep_variant(asset_id: UUID, variant: Variant) -> dict[str, Any]:
    """Store a variant and return its line of the manifest."""
    path = variant_path(asset_id, variant)
    store.write(path, variant.content)
    return {
        "format": variant.format,
        "width": variant.width,
        "height": variant.height,
        "path": path,
        "bytes": len(variant.content),
    }
