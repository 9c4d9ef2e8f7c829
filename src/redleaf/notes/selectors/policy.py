"""Who may read a note: the one place that says it."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from redleaf.core import database
from redleaf.core.errors import NotFound
from redleaf.graph.selectors import Viewer, audience_sql, in_audience, viewer_id
from redleaf.notes.models import Note, NoteState

PLANNED_EARLY = timedelta(seconds=2)  # a planned note may go out this much before its moment

# The same policy as SQL over alias n (notes_note), for hot reads; a test holds both together.
READABLE = (
    "(n.state = 'published' OR (n.state = 'scheduled' AND n.author_id = %(viewer)s::uuid))"
    " AND EXISTS (SELECT 1 FROM accounts_account author WHERE author.id = n.author_id"
    f" AND author.is_active AND author.deleted_at IS NULL) AND {audience_sql('n')}"
)


def visible_notes(viewer: Viewer) -> QuerySet[Note]:
    """Return the notes that the viewer may read, and no others.

    Published, of an active author, in whose audience the viewer is, with no block either way; an
    author also sees the own scheduled ones. A withdrawn note is nobody's.
    """
    own = viewer_id(viewer)
    state = Q(state=NoteState.PUBLISHED)
    if own is not None:
        state |= Q(state=NoteState.SCHEDULED, author_id=own)
    return Note.objects.filter(
        state, in_audience(viewer), author__is_active=True, author__deleted_at=None
    )


def note_for(viewer: Viewer, note_id: UUID) -> Note:
    """Return one note with its author, channel and place. Raises NotFound."""
    found = (
        visible_notes(viewer)
        .select_related("author", "channel", "place", "tally")
        .filter(id=note_id)
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def readable_ids(viewer: Viewer, ids: Iterable[UUID]) -> set[UUID]:
    """Return which of these notes the viewer may read, in one cheap query."""
    found = database.values(
        f"SELECT n.id FROM notes_note n WHERE n.id = ANY(%(ids)s) AND {READABLE}",
        {"ids": list(ids), "viewer": viewer_id(viewer)},
    )
    return {row[0] for row in found}


def went_out_as_planned(note_id: UUID) -> bool:
    """Return whether a published note had a moment set and went out by itself at that moment."""
    note = Note.objects.filter(id=note_id, state=NoteState.PUBLISHED).first()
    if note is None or note.scheduled_at is None or note.published_at is None:
        return False
    return note.published_at >= note.scheduled_at - PLANNED_EARLY
