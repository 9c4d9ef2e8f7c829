"""What discovery asks members to agree to, and what it deletes when they take it back."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from redleaf.discovery import jobs, recording
from redleaf.discovery.models import SearchHistory
from redleaf.privacy import forgetting, purposes
from redleaf.privacy.purposes import Past

PROFILING = recording.PURPOSE
SEARCH_HISTORY = "search_history"


def install() -> None:
    """Register the purposes and what forgets them."""
    purposes.register(
        PROFILING,
        _("A personal Explore"),
        _(
            "Explore shows you more of what you open, read, save, like, find helpful, share or"
            " comment on, and less of what you hide. For this we keep which notes you saw on"
            " Explore, for 90 days, and what you did with notes, for 400 days. Nobody else sees"
            " it, and it is not used for advertising."
        ),
        past=Past(_("Begin with what I already saved and liked"), begin_with_marks),
        order=1,
    )
    purposes.register(
        SEARCH_HISTORY,
        _("Your search history"),
        _(
            "What you searched for is offered to you again as you type: the last fifty searches,"
            " for 90 days. Only you see them, and you can clear them at any time."
        ),
        order=2,
    )
    forgetting.register(PROFILING, recording.forget)
    forgetting.register(SEARCH_HISTORY, forget_searches)


def begin_with_marks(account_id: UUID) -> None:
    """Let the worker record what the member marked before, once the choice stands."""
    jobs.take_in_marks.defer_once(f"take_in_marks:{account_id}", account_id=str(account_id))


def forget_searches(account_id: UUID) -> None:
    """Delete the member's search history."""
    SearchHistory.objects.filter(account_id=account_id).delete()
