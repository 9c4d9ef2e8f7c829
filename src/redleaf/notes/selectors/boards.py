"""Reads of boards."""

from typing import Any


def public_boards_with(viewer: Any, note_id: Any) -> list[Any]:
    return []


def boards_of(viewer: Any, account: Any) -> list[Any]:
    return []
