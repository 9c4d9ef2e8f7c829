"""Mixing: what a member's sliders do to the weights, and presets that can be passed on.

Sliders are settings that the member made, not a guess about the member: they work with profiling
off as well, and two members with the same sliders get the same list.
"""

from collections.abc import Mapping

SLIDERS = ("fresh", "friends", "depth", "local", "new_voices", "languages")
LOWEST, HIGHEST = -2, 2  # 0 is neutral
NEW_VOICES = {-2: 1, -1: 2, 0: 3, 1: 5, 2: 8}  # places of 20 that new notes may have

_VERSION = "RL1"  # one letter a slider in the order of SLIDERS; other sliders are another version
_LETTERS = "ABCDE"  # A is -2, C neutral, E +2
_CHECKS = "FGHJKLMNPQRSTUVWXYZ2345"  # 23, a prime: one wrong letter or two swapped are noticed


def multipliers(sliders: Mapping[str, int]) -> dict[str, float]:
    """Return what each slider's signals are multiplied by: 2 to the power of its value, 1/4 to 4.

    A slider that is not given is neutral (1). Raises ValueError for unknown names and values that
    are no whole number from -2 to 2.
    """
    checked = _checked(sliders)
    return {name: 2.0**value for name, value in checked.items()}


def mixed(
    weights: Mapping[str, float], sliders: Mapping[str, int], signals: Mapping[str, str]
) -> dict[str, float]:
    """Return the weights with each signal's multiplied by its slider's factor.

    `signals` names the slider of each signal that has one; the others stay as they are. The sum of
    the absolute weights stays what it was, so that scores keep their size and places that new notes
    are given keep their worth. Neutral sliders change nothing.
    """
    factors = multipliers(sliders)
    made = {
        name: weight * factors[signals[name]] if name in signals else weight
        for name, weight in weights.items()
    }
    before = sum(abs(weight) for weight in weights.values())
    after = sum(abs(weight) for weight in made.values())
    if after == 0 or all(value == 0 for value in sliders.values()):
        return dict(weights)
    return {name: weight * before / after for name, weight in made.items()}


def new_places(sliders: Mapping[str, int]) -> int:
    """Return how many of 20 places may go to new notes; never none, for a debt is a debt."""
    return NEW_VOICES[_checked(sliders)["new_voices"]]


def encode(sliders: Mapping[str, int]) -> str:
    """Return the sliders as a short code to pass on, such as "RL1-ECCCCB-L"."""
    checked = _checked(sliders)
    letters = "".join(_LETTERS[checked[name] - LOWEST] for name in SLIDERS)
    return f"{_VERSION}-{letters}-{_check(letters)}"


def decode(code: str) -> dict[str, int]:
    """Return the sliders of a code; case, spaces around and missing hyphens do not matter.

    Raises ValueError, with a reason, for everything that `encode` does not write.
    """
    if len(code) > 100 or not code.isascii():
        raise ValueError("this is no preset")
    plain = code.strip().upper().replace("-", "")
    if not plain.startswith("RL") or len(plain) < 3:
        raise ValueError("this is no preset")
    if not plain.startswith(_VERSION):
        raise ValueError("this preset is of another version")
    letters, check = plain[len(_VERSION) : -1], plain[-1]
    if len(letters) != len(SLIDERS) or any(letter not in _LETTERS for letter in letters):
        raise ValueError("this preset is not complete")
    if check != _check(letters):
        raise ValueError("this preset has a typing mistake")
    return {
        name: _LETTERS.index(letter) + LOWEST for name, letter in zip(SLIDERS, letters, strict=True)
    }


def _checked(sliders: Mapping[str, int]) -> dict[str, int]:
    unknown = set(sliders) - set(SLIDERS)
    if unknown:
        raise ValueError(f"no such slider: {min(unknown)}")
    for name, value in sliders.items():
        if type(value) is not int or not LOWEST <= value <= HIGHEST:
            raise ValueError(f"{name}: a whole number from {LOWEST} to {HIGHEST}")
    return {name: sliders.get(name, 0) for name in SLIDERS}


def _check(letters: str) -> str:
    total = sum((place + 2) * _LETTERS.index(letter) for place, letter in enumerate(letters))
    return _CHECKS[total % len(_CHECKS)]
