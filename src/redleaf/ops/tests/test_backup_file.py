"""The backup's file: what is written can be checked, and nothing else passes the check."""

import io
import json
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redleaf.ops.backup import archive
from redleaf.ops.launch.environment import LaunchError

CONTENT = {
    archive.DUMP: b"PGDMP" + bytes(range(256)) * 40,
    "media/assets/ab/picture.jpg": b"\xff\xd8" + b"x" * 700,
    "media/assets/ab/红叶.webp": b"RIFF",
    archive.SECRET: b"a secret",
}


def made(path: Path, content: dict[str, bytes] | None = None) -> Path:
    out = archive.Writer(path)
    out.manifest.tables = {"accounts_account": 3}
    for name, part in (CONTENT if content is None else content).items():
        out.add_bytes(name, part)
    out.close()
    return path


def put(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    with tarfile.open(path, "w") as tar:
        for member, content in members:
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def test_what_is_written_passes_the_check(tmp_path: Path) -> None:
    manifest = archive.verify(made(tmp_path / "b.tar"))
    assert manifest.tables == {"accounts_account": 3}
    assert sorted(manifest.files) == sorted(CONTENT)
    assert sorted(manifest.media) == ["assets/ab/picture.jpg", "assets/ab/红叶.webp"]
    read = {name: file.read() for name, file, _size in archive.members(tmp_path / "b.tar")}
    assert {name: read[name] for name in CONTENT} == CONTENT


def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    assert made(tmp_path / "b.tar").stat().st_mode & 0o777 == 0o600


def test_any_tar_program_can_read_it(tmp_path: Path) -> None:
    with tarfile.open(made(tmp_path / "b.tar")) as tar:
        assert tar.getnames() == [*CONTENT, archive.MANIFEST]


def test_one_that_exists_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "b.tar"
    path.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        archive.Writer(path)
    assert path.read_bytes() == b"mine"


def test_an_abandoned_one_leaves_nothing(tmp_path: Path) -> None:
    out = archive.Writer(tmp_path / "b.tar")
    out.add_bytes(archive.DUMP, b"half")
    out.abandon()
    assert list(tmp_path.iterdir()) == []


def test_a_member_that_shrank_while_it_was_read_is_told(tmp_path: Path) -> None:
    out = archive.Writer(tmp_path / "b.tar")
    with pytest.raises(LaunchError, match="changed while it was read"):
        out.add("media/a", io.BytesIO(b"short"), 100)


@settings(max_examples=60, deadline=None)
@given(cut=st.floats(min_value=0, max_value=0.999))
def test_one_cut_off_anywhere_is_refused(
    cut: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = made(tmp_path_factory.mktemp("cut") / "b.tar")
    whole = path.read_bytes()
    # The last kilobytes of a tar are only zeros: without them nothing is missing.
    end = len(whole.rstrip(b"\0"))
    path.write_bytes(whole[: int(end * cut)])
    with pytest.raises(LaunchError):
        archive.verify(path)


@settings(max_examples=60, deadline=None)
@given(place=st.floats(min_value=0, max_value=0.999), flip=st.integers(1, 255))
def test_a_changed_byte_never_changes_what_is_restored(
    place: float, flip: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = made(tmp_path_factory.mktemp("flip") / "b.tar")
    whole = bytearray(path.read_bytes())
    whole[int(len(whole.rstrip(b"\0")) * place)] ^= flip
    path.write_bytes(bytes(whole))
    try:
        archive.verify(path)
    except LaunchError:
        return
    # What passed (a byte of padding, or of a field that is not used) reads as it was written.
    read = {name: file.read() for name, file, _size in archive.members(path)}
    assert {name: read[name] for name in CONTENT} == CONTENT


@pytest.mark.parametrize(
    "content", [b"", b"nothing of the kind", b"\x1f\x8b\x08rest", b"\0" * 4096]
)
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "b.tar"
    path.write_bytes(content)
    with pytest.raises(LaunchError):
        archive.verify(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match="There is no file"):
        archive.verify(tmp_path / "none.tar")


@pytest.mark.parametrize(
    "name", ["../x", "/etc/passwd", "media/../../x", "media/./x", "media//x", "media/", "other"]
)
def test_a_member_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / "b.tar", (tarfile.TarInfo(name), b"x"))
    with pytest.raises(LaunchError, match="no backup of Redleaf"):
        archive.verify(path)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE]
)
def test_a_member_that_is_no_plain_file_is_refused(tmp_path: Path, kind: bytes) -> None:
    member = tarfile.TarInfo("media/x")
    member.type, member.linkname = kind, "/etc/passwd"
    with tarfile.open(tmp_path / "b.tar", "w") as tar:
        tar.addfile(member)
    with pytest.raises(LaunchError, match="no backup of Redleaf"):
        archive.verify(tmp_path / "b.tar")


def test_a_member_that_comes_twice_is_refused(tmp_path: Path) -> None:
    path = put(
        tmp_path / "b.tar",
        (tarfile.TarInfo(archive.DUMP), b"one"),
        (tarfile.TarInfo(archive.DUMP), b"two"),
    )
    with pytest.raises(LaunchError, match="twice"):
        archive.verify(path)


def test_one_without_a_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LaunchError, match="holds no database"):
        archive.verify(made(tmp_path / "b.tar", {"media/a": b"x"}))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"product": "other"}, "something else"),
        ({"format": 99}, "another version"),
        ({"files": []}, "manifest is damaged"),
        ({"tables": {"a": "x"}}, "manifest is damaged"),
    ],
)
def test_a_manifest_that_is_not_ours_is_refused(
    tmp_path: Path, change: dict[str, object], words: str
) -> None:
    text = {"product": "redleaf", "format": 1, "tables": {}, "files": {}, **change}
    path = put(tmp_path / "b.tar", (tarfile.TarInfo(archive.MANIFEST), json.dumps(text).encode()))
    with pytest.raises(LaunchError, match=words):
        archive.verify(path)
