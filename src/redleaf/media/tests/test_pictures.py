"""What becomes of a picture: read by its content, made anew, upright, without what it carried."""

import io
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image, ImageCms

from redleaf.media import services, store
from redleaf.media.models import Asset, AssetState
from redleaf.media.pictures import making
from redleaf.media.pictures.reading import MASTER_SIDE, read_picture
from redleaf.media.tests import samples

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")


def read(content: bytes, name: str = "a.jpg") -> Image.Image:
    return read_picture(io.BytesIO(content), name)


def receive(account: Any, content: bytes, name: str = "a.jpg", **more: Any) -> Asset:
    return services.receive_picture(account, file=io.BytesIO(content), name=name, **more)


def red_corner(image: Image.Image) -> str:
    """Return which corner is red."""
    image = image.convert("RGB")
    corners = {
        "upper left": (0.1, 0.1),
        "upper right": (0.9, 0.1),
        "lower left": (0.1, 0.9),
        "lower right": (0.9, 0.9),
    }
    for name, (x, y) in corners.items():
        red, _green, blue = image.getpixel((int(image.width * x), int(image.height * y)))  # type: ignore[misc] # an RGB pixel
        if red > 150 and blue < 100:
            return name
    return "none"


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_is_read_whatever_the_file_is_called(format: str) -> None:
    assert read(samples.encoded(format), "holiday.txt").size == (400, 300)


@pytest.mark.parametrize("format", FORMATS)
def test_a_picture_is_turned_upright(format: str) -> None:
    made = read(samples.encoded(format, orientation=6))
    assert made.size == (300, 400)
    assert red_corner(made) == "upper right"


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [
        (1, "upper left"),
        (2, "upper right"),
        (3, "lower right"),
        (4, "lower left"),
        (5, "upper left"),
        (6, "upper right"),
        (7, "lower right"),
        (8, "lower left"),
        (99, "upper left"),
    ],
)
def test_each_of_the_eight_orientations_stands_upright(orientation: int, corner: str) -> None:
    assert red_corner(read(samples.encoded(orientation=orientation))) == corner


@pytest.mark.parametrize("format", FORMATS)
def test_no_variant_holds_camera_place_or_words_of_the_original(
    format: str, mei: Any, run_jobs: Any
) -> None:
    content = samples.encoded(format)
    assert samples.CAMERA.encode() in content
    asset = receive(mei, content)
    run_jobs()
    asset.refresh_from_db()
    paths = [item["path"] for item in asset.manifest]
    assert {path.rpartition(".")[2] for path in paths} == {"avif", "webp", "jpg"}
    for path in (*paths, asset.source_path):
        stored = store.read(path)
        for secret in (*samples.SECRETS, b"ICC_PROFILE", b"iCCP", b"http://ns.adobe.com"):
            assert secret not in stored, (path, secret)


def test_variants_have_the_sizes_that_the_manifest_says(mei: Any, run_jobs: Any) -> None:
    asset = receive(mei, samples.encoded(image=samples.picture(1600, 1201)))
    run_jobs()
    asset.refresh_from_db()
    assert asset.state == AssetState.READY
    wanted = [(format, width) for width in making.WIDTHS for format in ("avif", "webp", "jpeg")]
    assert [(item["format"], item["width"]) for item in asset.manifest] == wanted
    for item in asset.manifest:
        content = store.read(item["path"])
        with Image.open(io.BytesIO(content)) as opened:
            assert (opened.format, opened.size) == (
                item["format"].upper(),
                (item["width"], item["height"]),
            )
        assert len(content) == item["bytes"]


def test_a_small_picture_is_never_made_larger(mei: Any, run_jobs: Any) -> None:
    asset = receive(mei, samples.encoded(image=samples.picture(500, 400)))
    run_jobs()
    asset.refresh_from_db()
    assert {item["width"] for item in asset.manifest} == {360, 500}


def test_a_picture_can_be_shown_before_the_worker_has_seen_it(mei: Any) -> None:
    asset = receive(mei, samples.encoded(image=samples.picture(1600, 1200)))
    assert asset.state == AssetState.PROCESSING
    assert [(item["format"], item["width"]) for item in asset.manifest] == [("jpeg", 720)]
    assert (asset.width, asset.height) == (1600, 1200)


def test_the_first_jpeg_stays_as_it_is_when_the_others_are_made(mei: Any, run_jobs: Any) -> None:
    asset = receive(mei, samples.encoded(image=samples.picture(1600, 1200)))
    first = asset.manifest[0]
    store.write(first["path"], b"untouched")
    run_jobs()
    asset.refresh_from_db()
    assert first in asset.manifest
    assert store.read(first["path"]) == b"untouched"


def test_making_the_variants_twice_changes_nothing(
    mei: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from redleaf.media import jobs

    asset = receive(mei, samples.encoded())
    run_jobs()
    asset.refresh_from_db()
    monkeypatch.setattr(store, "write", lambda *_arguments: pytest.fail("wrote again"))
    jobs.make_variants(asset_id=str(asset.id))
    again = Asset.objects.get(id=asset.id)
    assert again.manifest == asset.manifest


def test_the_colour_that_stands_in_is_the_mean_in_linear_light(mei: Any) -> None:
    half = Image.new("RGB", (100, 100), (0, 0, 0))
    half.paste((255, 255, 255), (0, 0, 50, 100))
    asset = receive(mei, samples.encoded("PNG", half))
    assert asset.colour == "#bcbcbc"


def test_a_cmyk_picture_keeps_its_look() -> None:
    made = read(samples.encoded(image=samples.picture(mode="CMYK"), icc_profile=None))
    assert red_corner(made) == "upper left"


def test_sixteen_bits_become_eight_without_being_cut_off() -> None:
    grey = Image.new("I;16", (100, 100), 32_896)
    made = read(samples.encoded("PNG", grey, icc_profile=None))
    assert made.getpixel((50, 50)) == (128, 128, 128)


def test_a_palette_with_a_clear_colour_stands_on_white() -> None:
    image = samples.picture().convert("P", palette=Image.Palette.ADAPTIVE, colors=4)
    clear = image.getpixel((10, 10))
    made = read(samples.encoded("PNG", image, transparency=clear, icc_profile=None))
    assert made.getpixel((10, 10)) == (255, 255, 255)
    assert made.getpixel((390, 290))[2] > 150  # type: ignore[index] # an RGB pixel


@pytest.mark.parametrize("format", ["PNG", "WEBP", "AVIF", "HEIF"])
def test_what_is_clear_stands_on_white(format: str) -> None:
    image = samples.picture(mode="RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 200, 150))
    made = read(samples.encoded(format, image))
    assert all(value > 248 for value in made.getpixel((20, 20)))  # type: ignore[union-attr] # RGB


def test_one_bit_and_grey_pictures_become_plain_colours() -> None:
    for mode in ("1", "L", "LA"):
        made = read(samples.encoded("PNG", samples.picture(mode=mode), icc_profile=None))
        assert made.mode == "RGB"


def test_the_colours_of_another_profile_are_brought_to_srgb() -> None:
    """With a profile that takes red for blue, what was stored as red is blue to see."""
    profile = ImageCms.ImageCmsProfile(samples.srgb()).tobytes()
    exchanged = (
        profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    )
    red, _green, blue = read(samples.encoded("PNG", icc_profile=exchanged)).getpixel((20, 20))  # type: ignore[misc] # an RGB pixel
    assert blue > 200
    assert red < 100


@pytest.mark.parametrize("profile", [b"not a profile", b"\0" * 200])
def test_a_damaged_profile_does_not_lose_the_picture(profile: bytes) -> None:
    assert red_corner(read(samples.encoded("PNG", icc_profile=profile))) == "upper left"


def test_a_large_picture_becomes_a_master_of_2160_pixels() -> None:
    made = read(samples.encoded(image=samples.picture(5000, 2000)))
    assert made.size == (MASTER_SIDE, 864)


def test_twenty_four_megapixels_take_little_memory(mei: Any) -> None:
    import resource

    content = samples.encoded(image=samples.noise(6000, 4000), quality=85)
    assert len(content) > 5_000_000
    receive(mei, samples.encoded())  # libraries are loaded
    peak_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    receive(mei, content)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak_before
    assert grown < 64 * 1024  # kilobytes; whole, the picture has 72 MB


def test_a_phones_picture_with_a_film_behind_it_is_welcome(mei: Any) -> None:
    asset = receive(mei, samples.encoded() + samples.video())
    assert asset.width == 400
    assert b"ftyp" not in store.read(asset.source_path)


def test_a_name_is_shown_as_one_clean_line(mei: Any) -> None:
    asset = receive(mei, samples.encoded(), "C:\\photos/\u202egpj.exe\x00\n" + "長" * 10_000)
    assert len(asset.name) <= 60
    assert not {"/", "\\", "\u202e", "\x00", "\n"} & set(asset.name)


def test_what_others_may_see_is_described_for_the_component(mei: Any, run_jobs: Any) -> None:
    from redleaf.media.selectors import picture_sources

    asset = receive(mei, samples.encoded(image=samples.picture(1600, 1200)))
    run_jobs()
    asset.refresh_from_db()
    described = SimpleNamespace(**picture_sources(asset))
    assert described.src == f"/media/{asset.ref}/720.jpg"
    assert [source["type"] for source in described.sources] == ["image/avif", "image/webp"]
    assert f"/media/{asset.ref}/1080.avif 1080w" in described.sources[0]["srcset"]
    assert described.ratio == pytest.approx(4 / 3, abs=0.001)
