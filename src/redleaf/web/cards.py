"""Finishing a drawn card for its viewer: the number, the heart and the way to more differ."""

from redleaf.web.filters import compact

COUNT = "\x01COUNT\x01"
LIKED = "\x01LIKED\x01"
PRESSED = "\x01PRESSED\x01"
MORE = "\x01MORE\x01"
REF = "\x01REF\x01"  # in what stands in for MORE: the note's id as addresses write it


def finish(html: str, *, count: int, liked: bool, language: str, more: str = "") -> str:
    """Return the card with its number in the reader's manner and the heart full or empty.

    `more` is what the list offers beside the heart, with the note's id already in it.
    """
    return (
        html.replace(COUNT, compact(count, language) if count else "")
        .replace(LIKED, "is-on" if liked else "")
        .replace(PRESSED, "true" if liked else "false")
        .replace(MORE, more)
    )
