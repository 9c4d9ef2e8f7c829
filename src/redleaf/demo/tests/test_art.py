"""The drawn pictures: every scene is there, draws, and is the same for the same seed."""

import io

import pytest
from PIL import Image, ImageStat

from redleaf.demo import art
from redleaf.demo.art import portraits, raster
from redleaf.demo.art.colour import TONES, mix
from redleaf.demo.tests.test_content import NOTES, SCENES

SMALL = 72


def test_every_scene_that_content_may_ask_for_can_be_drawn() -> None:
    assert set(art.SCENES) == SCENES


@pytest.mark.parametrize("scene", sorted(art.SCENES))
def test_a_scene_draws_a_picture_with_something_on_it(scene: str) -> None:
    picture = art.draw(scene, seed=1, width=SMALL)
    assert picture.size == (SMALL, SMALL * 4 // 3)
    assert picture.mode == "RGB"
    assert max(ImageStat.Stat(picture).stddev) > 10
    colours = picture.quantize(32).getcolors()
    assert colours is not None
    assert len(colours) > 12


def test_no_two_scenes_look_alike() -> None:
    drawn = {art.draw(scene, seed=1, width=SMALL).tobytes() for scene in art.SCENES}
    assert len(drawn) == len(art.SCENES)


@pytest.mark.parametrize("scene", ["hotpot", "snow-street", "cat", "documents", "lantern-street"])
def test_the_same_seed_gives_the_same_picture(scene: str) -> None:
    assert art.compose(scene, seed=5).svg() == art.compose(scene, seed=5).svg()
    first, second = (art.draw(scene, seed=5, width=SMALL) for _ in range(2))
    assert first.tobytes() == second.tobytes()


@pytest.mark.parametrize("scene", sorted(art.SCENES))
def test_another_seed_gives_another_picture(scene: str) -> None:
    assert art.compose(scene, seed=1).svg() != art.compose(scene, seed=2).svg()


@pytest.mark.parametrize("tone", sorted(TONES))
def test_every_tone_can_be_asked_for(tone: str) -> None:
    assert art.compose("coffee-cup", tone=tone, seed=3).palette in TONES[tone]


def test_a_scene_without_a_tone_takes_one_of_its_own() -> None:
    for scene, found in art.SCENES.items():
        own = {palette for tone in found.tones for palette in TONES[tone]}
        assert art.compose(scene, seed=8).palette in own


@pytest.mark.parametrize(("shape", "size"), [("square", (72, 72)), ("wide", (72, 54))])
def test_the_other_shapes_are_filled_to_the_edge(shape: str, size: tuple[int, int]) -> None:
    picture = art.draw("mountain-lake", seed=2, shape=shape, width=SMALL)
    assert picture.size == size
    assert (0, 0, 0) not in {picture.getpixel((0, 0)), picture.getpixel((71, size[1] - 1))}


def test_what_the_demo_asks_for_draws() -> None:
    asked = {
        (picture["scene"], picture.get("tone", ""), picture.get("shape", "portrait"))
        for note in NOTES
        for picture in note.get("pictures", [])
    }
    for scene, tone, shape in asked:
        assert art.compose(scene, tone=tone, seed=1).svg(shape).endswith("</svg>")


def test_no_letters_are_drawn() -> None:
    """Fonts differ between machines, so a picture with words would too."""
    assert not [scene for scene in art.SCENES if "<text" in art.compose(scene, seed=1).svg()]


def test_an_unknown_scene_is_refused() -> None:
    with pytest.raises(KeyError):
        art.draw("no-such-scene")


def test_a_large_picture_has_the_size_that_was_asked_for() -> None:
    picture = art.draw("keys", seed=1, width=1080)
    assert picture.size == (1080, 1440)
    with Image.open(io.BytesIO(raster.jpeg(picture))) as stored:
        assert (stored.format, stored.size) == ("JPEG", (1080, 1440))


def test_portraits_are_square_distinct_and_repeatable() -> None:
    drawn = [portraits.draw(number, width=48) for number in range(40)]
    assert {picture.size for picture in drawn} == {(48, 48)}
    assert len({picture.tobytes() for picture in drawn}) == 40
    assert drawn[7].tobytes() == portraits.draw(7, width=48).tobytes()


def test_colours_mix_between_their_ends() -> None:
    assert mix("#000000", "#ffffff", 0) == "#000000"
    assert mix("#000000", "#ffffff", 1) == "#ffffff"
    assert mix("#000000", "#ffffff", 7) == "#ffffff"
    assert mix("#204060", "#406080", 0.5) == "#305070"


def test_a_film_moves_and_can_be_played() -> None:
    import av

    from redleaf.demo.art import video

    content = video.film("snow-street", seed=2, seconds=0.5)
    with av.open(io.BytesIO(content)) as container:
        stream = container.streams.video[0]
        frames = [frame.to_image() for frame in container.decode(stream)]
        assert (stream.codec_context.name, stream.width, stream.height) == ("h264", 720, 960)
    assert len(frames) == 12
    assert frames[0].tobytes() != frames[-1].tobytes()
