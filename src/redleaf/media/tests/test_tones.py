"""Films in HDR look on every screen as they were meant, not grey and flat."""

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from redleaf.media.tests import samples
from redleaf.media.tests.test_videos import make
from redleaf.media.videos import tones

PQ, HLG = 16, 18
# The signals of a sheet of white paper (203 nits) and of a face in the light (about 50 nits).
MEANT = {PQ: (0.58, 0.44), HLG: (0.75, 0.50)}


def greys_of(made: Path) -> tuple[float, float]:
    """Return how light the two halves are, 0 to 1, as a screen shows them."""
    with av.open(str(made / "video.mp4")) as container:
        frame: Any = next(container.decode(video=0))
        luma = frame.to_ndarray(format="yuv420p")[:96]
    return tuple(
        float((luma[20:76, at].mean() - 16) / 219) for at in (slice(8, 56), slice(72, 120))
    )


@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_white_paper_is_nearly_white_and_a_face_is_not(transfer: int, tmp_path: Path) -> None:
    made = make(samples.hdr(transfer, *MEANT[transfer]), tmp_path)
    paper, face = greys_of(made)
    assert 0.86 < paper < 0.94, "not the grey of a signal taken for another"
    assert 0.50 < face < 0.66
    with Image.open(made / "poster.png") as poster:
        red, green, blue = poster.convert("RGB").getpixel((20, 40))
    assert min(red, green, blue) > 215 and max(red, green, blue) - min(red, green, blue) < 8


def test_what_was_made_says_in_which_colours_it_is(tmp_path: Path) -> None:
    made = make(samples.hdr(PQ, 0.5, 0.2), tmp_path)
    with av.open(str(made / "video.mp4")) as container:
        context = container.streams.video[0].codec_context
        assert (context.color_primaries, context.color_trc, context.colorspace) == (1, 1, 1)
        assert context.pix_fmt == "yuv420p"


def test_a_folder_with_any_name_will_do(tmp_path: Path) -> None:
    place = tmp_path / "it's: a, [film]; \\ 红叶"
    place.mkdir()
    paper, _face = greys_of(make(samples.hdr(HLG, *MEANT[HLG]), place))
    assert paper > 0.86


@pytest.mark.parametrize("transfer", ["pq", "hlg"])
def test_brighter_stays_brighter_and_black_and_white_are_kept(transfer: str) -> None:
    steps = np.linspace(0, 1, 101)
    shown = tones.to_screen(np.stack([steps] * 3, axis=1), transfer)
    assert (np.diff(shown[:, 0]) >= -1e-9).all()
    assert shown[0].tolist() == [0, 0, 0] and shown[-1] == pytest.approx([1, 1, 1], abs=0.01)
    assert np.ptp(shown, axis=1).max() < 0.01, "grey stays grey"


@pytest.mark.parametrize("transfer", ["pq", "hlg"])
def test_any_colour_is_one_that_a_screen_has(transfer: str) -> None:
    signals = np.random.default_rng(1).random((2000, 3))
    shown = tones.to_screen(signals, transfer)
    assert np.isfinite(shown).all() and shown.min() >= 0 and shown.max() <= 1
