"""Words for made-up notes: vocabulary in three languages, for realistic lengths and search."""

import random
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent / "vocabulary"
TONGUES: Final = {path.stem: path.read_text("utf-8").split() for path in _FOLDER.glob("*.txt")}
SHARES: Final = (("zh-hans", 0.6), ("en", 0.3), ("fr", 0.1))


def language(source: random.Random) -> str:
    """Return a language by its share."""
    return source.choices([name for name, _share in SHARES], [share for _n, share in SHARES])[0]


def title(source: random.Random, tongue: str) -> str:
    """Return a title within 20 units."""
    if tongue == "zh-hans":
        return "".join(source.choices(TONGUES[tongue], k=5))[:18]
    return " ".join(source.choices(TONGUES[tongue], k=5)).capitalize()[:40].strip()


def body(source: random.Random, tongue: str, topics: list[str]) -> str:
    """Return two to six sentences with topics at the end."""
    sentences = []
    for _ in range(source.randint(2, 6)):
        chosen = source.choices(TONGUES[tongue], k=source.randint(6, 16))
        if tongue == "zh-hans":
            sentences.append("".join(chosen) + "。")
        else:
            sentences.append(" ".join(chosen).capitalize() + ". ")
    return "".join(sentences).strip() + "\n\n" + " ".join(f"#{name}" for name in topics)
