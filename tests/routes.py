"""Every address of the product, and a small site in which each of them leads somewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

from redleaf.core import ids

# Django's own pages for operators; their answers under our policy are looked at in test_security.
NOT_OURS = {"admin"}
# allauth's addresses with row numbers in them: ours stand before them and answer that nothing is
# there (account_nothing).
SHADOWED = {"mfa_remove_webauthn", "mfa_edit_webauthn"}


@dataclass(frozen=True)
class Route:
    """One address with its parts: their names and how Django reads them."""

    name: str
    parts: tuple[str, ...] = ()

    def path(self, given: dict[str, Any], **instead: Any) -> str:
        """Return the address with these values in its parts."""
        values = {part: value_of(self, part, given) for part in self.parts}
        return reverse(self.name, kwargs={**values, **instead})


def all_routes() -> list[Route]:
    """Return every address but those of NOT_OURS and SHADOWED. Asserts that all have names."""
    found: dict[str, Route] = {}
    for route in _walk(get_resolver(), (), ()):
        found.setdefault(route.name, route)
    return [route for name, route in found.items() if name not in SHADOWED]


def _walk(resolver: Any, spaces: tuple[str, ...], above: tuple[str, ...]) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        named = getattr(entry.pattern, "converters", None) or entry.pattern.regex.groupindex
        parts = (*above, *named)
        if isinstance(entry, URLPattern):
            assert entry.name, f"an address without a name: {entry.pattern}"
            yield Route(":".join((*spaces, entry.name)), parts)
        elif entry.namespace not in NOT_OURS:
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _walk(entry, inner, parts)


def value_of(route: Route, part: str, given: dict[str, Any]) -> Any:
    """Return what stands for a part: that of this address, or of every address."""
    special = f"{route.name} {part}"
    assert special in given or part in given, f"tests/routes.py needs a value of {special}"
    return given.get(special, given.get(part))


def small_site(cast: Any) -> dict[str, Any]:
    """Fill the site a little, all of it mei's but for a comment of lin's; return the parts."""
    from redleaf.accounts.models import OutboxMail
    from redleaf.discovery.ranking import serving
    from redleaf.graph import services as graph
    from redleaf.media import services as media
    from redleaf.notes.services import boards, comments, drafts, marks
    from redleaf.notes.tests.factories import make_note, picture_file

    note = make_note(
        cast.mei,
        title="Latte at home",
        body="With #coffee and @lin. Warm.",
        place="toronto",
        channel="coffee",
        pictures=2,
    )
    comment = comments.post_comment(cast.lin, note.id, body="Good to know")
    comments.post_comment(cast.mei, note.id, body="Thanks", parent_id=comment.id)
    own = comments.post_comment(cast.mei, note.id, body="One more thing")
    for person, kind in ((cast.lin, "like"), (cast.mei, "save"), (cast.antoine, "helpful")):
        marks.mark(person, note.id, kind=kind)
    board = boards.create_board(cast.mei, title="Cafés", visibility="public")
    boards.add_to_board(cast.mei, board.id, note.id)
    people = graph.create_list(cast.mei, name="Close friends")
    graph.add_to_list(cast.mei, people, cast.lin)
    content = drafts.empty_content(cast.mei, "words")
    draft = drafts.save_draft(cast.mei, content={**content, "title": "Half a thought"}, draft=None)
    avatar = media.receive_avatar(cast.mei, file=picture_file(3), name="me.jpg")
    cast.mei.refresh_from_db()
    mail = OutboxMail.objects.create(to="mei@example.org", subject="Hello", text="Hello, Mei.")
    picture = note.pictures.select_related("asset").first().asset
    serving.forget()
    receipt = serving.explore(None, None, language="en").receipt
    return {
        "note_id": note.id,
        "receipt_id": ids.decode(receipt),
        "notes:cover note_id": make_note(cast.mei, title="Words alone").id,
        "object_id": cast.lin.id,
        "discovery:less kind": "author",
        "discovery:more_of kind": "author",
        "digest": "0" * 16,
        "comment_id": comment.id,
        "notes:comment_edit comment_id": own.id,
        "notes:comment_delete comment_id": own.id,
        "board_id": board.id,
        "list_id": people.id,
        "draft_id": draft.draft.id,
        "asset_id": picture.id,
        "mail_id": mail.id,
        "media:variant name": picture.manifest[0]["path"].rpartition("/")[2],
        "media:portrait ref": ids.encode(avatar.id),
        "handle": "mei",
        "notes:mark kind": "like",
        "act": "follow",
        "graph:relate handle": "lin",
        "graph:person_lists handle": "lin",
        "which": "followers",
        "key": "coffee",
        "slug": "toronto",
        "rest": "v1/nothing/",
        "api:sitemap_part kind": "notes",
        "number": 1,
        "pk": 1,
        "uidb36": "abc",
        "account_reset_password_from_key key": "set-password",
        "accounts": cast,
    }
