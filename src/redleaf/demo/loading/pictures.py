"""Drawing the demo's pictures and films on every core while the drawn ones go to media."""

import io
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from uuid import UUID

from redleaf.accounts.models import Account
from redleaf.demo import art
from redleaf.demo.loading.people import key_of
from redleaf.demo.loading.reading import Note, Picture
from redleaf.media import selectors as media_reads
from redleaf.media import services as media

WIDTH = 840
SEEDS = 100_000
VIDEO = "video"
SQUARE_IN = 5  # one note in so many has square pictures, so that Explore's columns differ


def upload_pictures(
    notes: list[Note], people: dict[str, Account], say: Callable[[int, int], None]
) -> dict[tuple[str, int], UUID]:
    """Return the asset of each picture by note key and place. What is there is not drawn again."""
    done: dict[tuple[str, int], UUID] = {}
    missing: list[tuple[Note, int]] = []
    for note in notes:
        for place in range(len(note.pictures) if note.kind != VIDEO else 0):
            present = media_reads.uploaded(people[note.author], _key(note, place))
            if present is None:
                missing.append((note, place))
            else:
                done[(note.key, place)] = present.id
    total = len(done) + len(missing)
    for (note, place), content in zip(missing, _drawn(missing), strict=True):
        asset = media.receive_picture(
            people[note.author],
            file=io.BytesIO(content),
            name=f"{note.key}.jpg",
            key=_key(note, place),
        )
        done[(note.key, place)] = asset.id
        say(len(done), total)
    return done


def upload_films(notes: list[Note], people: dict[str, Account]) -> dict[str, UUID]:
    """Return the asset of each video note's film by the note's key; the worker prepares it."""
    made: dict[str, UUID] = {}
    for note in notes:
        if note.kind != VIDEO or not note.pictures:
            continue
        owner, key = people[note.author], key_of("film", note.key)
        present = media_reads.uploaded(owner, key)
        if present is None:
            content = io.BytesIO(_filmed(note.pictures[0], _seed(note, 0)))
            present = media.receive_video(owner, file=content, name=f"{note.key}.mp4", key=key)
        made[note.key] = present.id
    return made


def _filmed(picture: Picture, seed: int) -> bytes:
    from redleaf.demo.art import video

    return video.film(picture.scene, tone=picture.tone, seed=seed)


def _drawn(wanted: list[tuple[Note, int]]) -> Iterator[bytes]:
    """Yield the pictures in order. New processes, because a copy of this one would share its
    connection to the database."""
    if not wanted:
        return
    orders = []
    for note, place in wanted:
        picture = note.pictures[place]
        shape = _shape(note, place)
        orders.append((picture.scene, picture.tone, _seed(note, place), shape, WIDTH))
    workers = min(len(wanted), os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as drawing:
        yield from drawing.map(art.painted, *zip(*orders, strict=True), chunksize=2)


def _seed(note: Note, place: int) -> int:
    return note.pictures[place].seed or _key(note, place).int % SEEDS


def _shape(note: Note, place: int) -> str:
    """Return the shape that was asked for; else that of the note, wide between paragraphs."""
    asked = note.pictures[place].shape
    if asked != "portrait":
        return asked
    if note.kind == "long":
        return "wide" if place else "portrait"
    return "square" if key_of("shape", note.key).int % SQUARE_IN == 0 else "portrait"


def _key(note: Note, place: int) -> UUID:
    return key_of("picture", note.key, place)
