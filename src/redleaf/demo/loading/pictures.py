"""Drawing the demo's pictures and giving them to media, on as many cores as there are."""

import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.db import connection

from redleaf.accounts.models import Account
from redleaf.demo import art
from redleaf.demo.art import raster
from redleaf.demo.loading.people import key_of
from redleaf.demo.loading.reading import Note
from redleaf.media import selectors as media_reads
from redleaf.media import services as media

WIDTH = 960


def upload_pictures(
    notes: list[Note], people: dict[str, Account], say: Callable[[int, int], None]
) -> dict[tuple[str, int], UUID]:
    """Return the asset of each picture by note key and place. What is there is not drawn again."""
    wanted = [(note, place) for note in notes for place in range(len(note.pictures))]
    done: dict[tuple[str, int], UUID] = {}
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        uploads = pool.map(lambda item: _upload(item[0], item[1], people[item[0].author]), wanted)
        for (note, place), asset_id in zip(wanted, uploads, strict=True):
            done[(note.key, place)] = asset_id
            say(len(done), len(wanted))
    return done


def _upload(note: Note, place: int, owner: Account) -> UUID:
    picture = note.pictures[place]
    key = key_of("picture", note.key, place)
    try:
        present = media_reads.uploaded(owner, key)
        if present is not None:
            return present.id
        drawn = art.draw(
            picture.scene,
            tone=picture.tone,
            seed=picture.seed or key.int % 100_000,
            shape=picture.shape,
            width=WIDTH,
        )
        file = io.BytesIO(raster.jpeg(drawn))
        return media.receive_picture(owner, file=file, name=f"{note.key}.jpg", key=key).id
    finally:
        connection.close()
