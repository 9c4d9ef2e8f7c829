"""One form for text that people hold to be the same: for keys of topics and for search."""

import threading
import unicodedata
from functools import lru_cache
from typing import Any

_lock = threading.Lock()
_converter: Any = None


def to_simplified(text: str) -> str:
    """Return the text with Traditional characters as Simplified ones (OpenCC, t2s)."""
    global _converter  # noqa: PLW0603 - the dictionary loads once, and only where it is needed
    if text.isascii():
        return text
    if _converter is None:
        with _lock:
            if _converter is None:
                import opencc

                _converter = opencc.OpenCC("t2s")
    return str(_converter.convert(text))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return NFKC, case-folded, Simplified text: 護膚, 护肤 are one, and so are Café and café."""
    return to_simplified(unicodedata.normalize("NFKC", text).casefold())
