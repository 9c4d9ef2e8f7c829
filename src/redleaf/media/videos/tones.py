"""From the brightness and colours of HDR films (PQ and HLG, BT.2020) to what every screen shows.

The FFmpeg inside PyAV has no zscale, so its `tonemap` cannot be fed with linear light. A table from
colour to colour is worked out here instead and applied by `lut3d`: decoded to light by BT.2100,
brightness pressed together by the curve of BT.2390 towards a white of 203 nits (BT.2408), colours
brought into BT.709, and encoded for BT.1886. The mastering peak is taken as 1000 nits, whatever the
file says: what is brighter becomes white.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

TRANSFERS: Final = {16: "pq", 18: "hlg"}  # as H.273 numbers them
PEAK: Final = 1000.0  # nits
WHITE: Final = 203.0
HLG_GAMMA: Final = 1.2  # of a screen of PEAK nits
SCREEN_GAMMA: Final = 2.4
POINTS: Final = 33  # along each side of the table; between them it is interpolated
LUMA: Final = (0.2627, 0.6780, 0.0593)  # BT.2020
SCREEN_LUMA: Final = (0.2126, 0.7152, 0.0722)  # BT.709
NARROWED: Final = (  # BT.2087: linear BT.2020 to linear BT.709
    (1.6605, -0.5876, -0.0728),
    (-0.1246, 1.1329, -0.0083),
    (-0.0182, -0.1006, 1.1187),
)
_M1, _M2 = 2610 / 16384, 2523 / 4096 * 128
_C1, _C2, _C3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
_A, _B, _C = 0.17883277, 0.28466892, 0.55991073


def write_table(transfer: str, file: Path) -> None:
    """Write the table for "pq" or "hlg" as a .cube file."""
    import numpy as np

    steps = np.linspace(0.0, 1.0, POINTS)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")  # red runs fastest
    rows = to_screen(np.stack([red.ravel(), green.ravel(), blue.ravel()], axis=1), transfer)
    with file.open("w", encoding="ascii") as out:
        out.write(f"LUT_3D_SIZE {POINTS}\n")
        np.savetxt(out, rows, fmt="%.5f")


def to_screen(signal: "Array", transfer: str) -> "Array":
    """Return BT.709 signals (0 to 1, rows of red, green, blue) of BT.2020 signals."""
    import numpy as np

    light = _light_of_pq(signal) if transfer == "pq" else _light_of_hlg(signal)
    brightest = light.max(axis=1, keepdims=True)
    pressed = _press(np.minimum(brightest, PEAK))
    light = light * np.divide(pressed, brightest, out=np.zeros_like(pressed), where=brightest > 0)
    narrow = (light / WHITE) @ np.array(NARROWED).T
    shown: Array = np.clip(_into_range(narrow), 0.0, 1.0) ** (1 / SCREEN_GAMMA)
    return shown


def _light_of_pq(signal: "Array") -> "Array":
    """Return nits of PQ signals."""
    import numpy as np

    root = np.clip(signal, 0.0, 1.0) ** (1 / _M2)
    light: Array = 10_000.0 * (np.maximum(root - _C1, 0.0) / (_C2 - _C3 * root)) ** (1 / _M1)
    return light


def _pq_of(light: "Array") -> "Array":
    power = (light / 10_000.0) ** _M1
    signal: Array = ((_C1 + _C2 * power) / (1.0 + _C3 * power)) ** _M2
    return signal


def _light_of_hlg(signal: "Array") -> "Array":
    """Return nits on a screen of PEAK of HLG signals."""
    import numpy as np

    scene = np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - _C) / _A) + _B) / 12)
    luma = scene @ np.array(LUMA)
    light: Array = PEAK * scene * (luma[:, None] ** (HLG_GAMMA - 1))
    return light


def _press(light: "Array") -> "Array":
    """Press nits up to PEAK together to nits up to WHITE; the darker half stays as it is."""
    import numpy as np

    span = _pq_of(np.array(PEAK))
    value, top = _pq_of(light) / span, _pq_of(np.array(WHITE)) / span
    knee = 1.5 * top - 0.5
    part = np.clip((value - knee) / (1 - knee), 0.0, 1.0)
    curve = (
        (2 * part**3 - 3 * part**2 + 1) * knee
        + (part**3 - 2 * part**2 + part) * (1 - knee)
        + (-2 * part**3 + 3 * part**2) * top
    )
    return _light_of_pq(np.where(value < knee, value, curve) * span)


def _into_range(narrow: "Array") -> "Array":
    """Bring colours that BT.709 does not have to their grey until it has them."""
    import numpy as np

    grey = np.clip(narrow @ np.array(SCREEN_LUMA), 0.0, 1.0)[:, None]
    away = narrow - grey
    least, most = away.min(axis=1, keepdims=True), away.max(axis=1, keepdims=True)
    below = np.divide(grey, -least, out=np.ones_like(grey), where=least < 0)
    above = np.divide(1 - grey, most, out=np.ones_like(grey), where=most > 0)
    reached: Array = grey + away * np.minimum(1.0, np.minimum(below, above))
    return reached
