"""Chinese by its sound: the syllables of a text, and what a run of Latin letters may spell.

A query needs only the table of syllables below. Readings of characters come from pypinyin and are
loaded by the writer of the index alone (13 MiB); its dictionary of phrases (45 MiB more) is left
out: every reading of a character is indexed at its place instead, and the row of syllables decides.
"""

import os
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

MOST_READINGS = 4
MOST_SPELLINGS = 3  # ways to divide one run of letters: "xian" is 西安 and 先
MOST_INITIALS = 8
LONGEST = 40  # letters of a run that are looked at
SHORT_NAME = 6  # characters; longer ones are not found by their initials

_FINALS = {  # initial: the finals that go with it
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo v",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo v",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
SYLLABLES = frozenset(
    initial + final for initial, finals in _FINALS.items() for final in finals.split()
)
_BEGINNINGS = frozenset(
    syllable[:end] for syllable in SYLLABLES for end in range(1, len(syllable) + 1)
)
_LONGEST_SYLLABLE = max(map(len, SYLLABLES))


@lru_cache(maxsize=20_000)
def readings(character: str) -> tuple[str, ...]:
    """Return the syllables that a character is read as, without tones, the usual one first."""
    spelt = _dictionary().get(ord(character), "")
    found = dict.fromkeys(_plain(reading) for reading in spelt.split(",") if reading)
    return tuple(found)[:MOST_READINGS]


def initials(characters: str) -> tuple[str, ...]:
    """Return the first letters of a short name ("hg" for 火锅), for each way to read it.

    Nothing for a single character and for longer names.
    """
    if not 2 <= len(characters) <= SHORT_NAME:
        return ()
    letters = [dict.fromkeys(read[0] for read in readings(one)) for one in characters]
    return tuple("".join(way) for way in islice(product(*letters), MOST_INITIALS))


@lru_cache(maxsize=2048)
def spellings(letters: str, *, unfinished: bool = False) -> tuple[tuple[str, ...], ...]:
    """Return how letters divide into syllables, those with the fewest first; at most three ways.

    With `unfinished`, the last part may be the beginning of a syllable.
    """
    letters = letters.replace("ve", "ue")
    if not letters.isascii() or not letters.isalpha() or len(letters) > LONGEST:
        return ()
    ways: list[list[tuple[str, ...]]] = [[] for _ in range(len(letters) + 1)]
    ways[0].append(())
    for end in range(1, len(letters) + 1):
        for begin in range(max(0, end - _LONGEST_SYLLABLE), end):
            part = letters[begin:end]
            known = part in SYLLABLES
            if known or (unfinished and end == len(letters) and part in _BEGINNINGS):
                ways[end].extend((*way, part) for way in ways[begin])
        ways[end] = sorted(ways[end], key=len)[:MOST_SPELLINGS]
    return tuple(ways[-1])


def spelt(words: tuple[str, ...], *, unfinished: bool = False) -> Iterator[tuple[str, ...]]:
    """Yield how words in Latin letters, spaced as one likes, divide into syllables."""
    if words and all(word.isascii() and word.isalpha() for word in words):
        yield from spellings("".join(words), unfinished=unfinished)


def _plain(reading: str) -> str:
    spread = unicodedata.normalize("NFD", reading)
    umlaut = "u\u0308" in spread
    letters = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return letters.replace("u", "v") if umlaut and not letters.endswith("e") else letters


def _dictionary() -> dict[int, str]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin.pinyin_dict import pinyin_dict

    found: dict[int, str] = pinyin_dict
    return found
