"""Reads of comments."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID


def comments_visible(viewer: Any, ids: Iterable[UUID]) -> set[UUID]:
    return set()


def comments_context(viewer: Any, note: Any, *, sort: str) -> dict[str, Any]:
    return {}
