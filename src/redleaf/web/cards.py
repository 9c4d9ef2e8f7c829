"""Finishing a drawn card for its viewer: the number and the heart are all that differ."""

from redleaf.web.filters import compact

COUNT = "\x01COUNT\x01"
LIKED = "\x01LIKED\x01"
PRESSED = "\x01PRESSED\x01"


def finish(html: str, *, count: int, liked: bool, language: str) -> str:
    """Return the card with its number in the reader's manner and the heart full or empty."""
    return (
        html.replace(COUNT, compact(count, language) if count else "")
        .replace(LIKED, "is-on" if liked else "")
        .replace(PRESSED, "true" if liked else "false")
    )
