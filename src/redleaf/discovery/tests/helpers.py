"""Notes for tests, and what pages show of them."""

import html
import re
from datetime import timedelta
from typing import Any

from django.test import Client

from redleaf.core import clock, database
from redleaf.notes.models import Note
from redleaf.notes.tests.factories import make_note


def write(author: Any, title: str, body: str = "", **fields: Any) -> Note:
    """Publish a note of words, or with `pictures=2` of pictures, as its author would."""
    return make_note(author, title=title, body=body, **fields)


def write_ago(author: Any, title: str, *, days: float, **fields: Any) -> Note:
    """Publish a note as if so many days ago."""
    with clock.frozen(clock.now() - timedelta(days=days)):
        return write(author, title, **fields)


def count(note: Note, **counters: int) -> None:
    """Give a note these counters, as marks would have: `count(note, like=3)`."""
    for name, value in counters.items():
        database.execute(
            f"UPDATE notes_note_tally SET {name}_count = %s WHERE note_id = %s", (value, note.id)
        )


def titles(response: Any) -> list[str]:
    """Return the titles on the cards of a page, in order."""
    found = re.findall(r'class="title"[^>]*>([^<]*)</a>', response.content.decode())
    return [html.unescape(title) for title in found]


def search(client: Client, text: str, **parameters: str) -> list[str]:
    """Return the titles of the notes that a search shows."""
    response = client.get("/search/", {"q": text, **parameters})
    assert response.status_code == 200
    return titles(response)


def suggest(client: Client, text: str) -> str:
    """Return what is suggested for a text, as the script under the search box gets it."""
    answer = client.get("/search/suggest/", {"q": text}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def next_url(response: Any) -> str | None:
    """Return the address of the next page, as the plain link has it."""
    found = re.search(
        r'class="more whole".*?<a class="button" href="([^"]+)"', response.content.decode(), re.S
    )
    return html.unescape(found[1]) if found else None


def whole(client: Client, address: str) -> list[str]:
    """Return the titles of every page from this one on."""
    seen: list[str] = []
    at: str | None = address
    while at:
        response = client.get(at)
        assert response.status_code == 200
        seen.extend(titles(response))
        at = next_url(response)
    return seen
