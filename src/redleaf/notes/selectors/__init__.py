"""Reads of notes. `visible_notes` is the one read policy; every other read goes through it."""

from redleaf.notes.selectors.cards import cards, cards_of
from redleaf.notes.selectors.policy import (
    note_for,
    readable_ids,
    visible_notes,
    went_out_as_planned,
)
from redleaf.notes.selectors.videos import failed_videos

__all__ = [
    "cards",
    "cards_of",
    "failed_videos",
    "note_for",
    "readable_ids",
    "visible_notes",
    "went_out_as_planned",
]
