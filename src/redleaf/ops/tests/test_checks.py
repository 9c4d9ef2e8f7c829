"""The checks of `redleaf test`: each finds what it is there for."""

import subprocess
import sys
from pathlib import Path

import pytest

from redleaf.ops.checks import documents, leaks, pins, sizes, suite
from redleaf.ops.launch.environment import LaunchError


def write(folder: Path, name: str, text: str) -> list[str]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [name]


def function(lines: int) -> str:
    return "def long():\n" + "    x = 1\n" * (lines - 1)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.py", "x = 1\n" * 501, "a.py: 501 lines; at most 500"),
        ("a.css", "x\n" * 501, "a.css: 501 lines; at most 500"),
        ("a.py", function(61), "a.py:1: long has 61 lines; at most 60"),
        (
            "a.py",
            "class A:\n" + "".join(f"    {line}\n" for line in function(61).splitlines()),
            "long",
        ),
    ],
)
def test_what_is_too_long_is_said(tmp_path: Path, name: str, text: str, words: str) -> None:
    (found,) = sizes.offenders(tmp_path, write(tmp_path, name, text))
    assert words in found


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "x = 1\n" * 500),
        ("a.py", function(60)),
        ("room/tests/test_a.py", function(100)),
        ("room/migrations/0001_a.py", function(100)),
        ("src/redleaf/demo/content/a.py", "x = 1\n" * 900),
        ("a.txt", "x\n" * 900),
    ],
)
def test_what_may_be_long_is_let_be(tmp_path: Path, name: str, text: str) -> None:
    assert list(sizes.offenders(tmp_path, write(tmp_path, name, text))) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("```sh\n./redleaf upp\n```\n", "upp"),
        ("```console\n$ ./redleaf up --sport 1\n```\n", "--sport"),
        ("```sh\nA=b ./redleaf backup\n```\n", "file"),
        ("Say `./redleaf nothing`.", "nothing"),
        ("```sh\n./redleaf\n```\n", "no command"),
        ("[here](none.md)", "leads nowhere"),
        ("![a](pictures/none.png)", "leads nowhere"),
        ("[here](#none)", "no such heading"),
    ],
)
def test_a_document_that_is_wrong_is_said(tmp_path: Path, text: str, words: str) -> None:
    (found,) = documents.offenders(tmp_path, write(tmp_path, "docs/a.md", "# A title\n\n" + text))
    assert words in found


def test_a_document_that_is_right_is_let_be(tmp_path: Path) -> None:
    text = """# A title

Text with `./redleaf up --port 8080`, `./redleaf restore FILE`, `ls` and a
[link](../README.md#what-to-click), [another](#a-title), [a third](https://example.org/x).

```sh
./redleaf up --no-demo --data /srv/x   # a remark
./redleaf backup x.tar
DATABASE_URL=postgresql://x ./redleaf up
./redleaf admin create --email a@b.ca --handle a
ls -la
```

```python
[not](a-link)
```
"""
    write(tmp_path, "README.md", "## What to click\n")
    assert list(documents.offenders(tmp_path, write(tmp_path, "docs/a.md", text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "see /" + "root/x",
        "open('/" + "work/main')",
        "pip install --index" + "-url x",
        "https://user:" + "password1@example.org/",
        "-----BEGIN RSA PRIVATE " + "KEY-----",
        "like Xiao" + "hongshu",
        "像小" + "红书",
    ],
)
def test_what_must_not_be_published_is_found(tmp_path: Path, text: str) -> None:
    (found,) = leaks.offenders(tmp_path, write(tmp_path, "a.txt", f"one\n{text}\n"))
    assert found.startswith("a.txt:2: ")


@pytest.mark.parametrize(
    "text", ["/admin/ /live/ framework/ ./work/x", "postgresql://u:p@localhost/x", "a red note"]
)
def test_what_may_be_published_is_let_be(tmp_path: Path, text: str) -> None:
    assert list(leaks.offenders(tmp_path, write(tmp_path, "a.txt", text))) == []


def test_every_package_needs_a_version_and_a_checksum(tmp_path: Path) -> None:
    good = "a==1 \\\n    --hash=sha256:0\n"
    write(tmp_path, "requirements/base.txt", good + "b==2\nc>=3 --hash=sha256:0\n")
    write(tmp_path, "requirements/test.txt", "a==2 --hash=sha256:0\n")
    found = "\n".join(pins.offenders(tmp_path))
    assert "no checksum: b==2" in found
    assert "not pinned to a version: c>=3" in found
    assert "a is 1 in base.txt and 2 in test.txt" in found


def test_all_steps_run_even_when_one_fails_and_the_summary_stands_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []

    def step(name: str, good: bool) -> suite.Step:
        def act(this: suite.Run) -> bool:
            ran.append(name)
            this.last_line = "3 passed in 1.00s"
            return good

        return act

    monkeypatch.setattr(suite, "STEPS", {"one": step("one", False), "two": step("two", True)})
    assert suite.run([]) == 1
    assert ran == ["one", "two"]
    said = capsys.readouterr().out
    assert "FAILED one" in said
    assert "failed: one" in said
    assert said.endswith("3 passed in 1.00s\n")
    assert suite.run(["two"]) == 0


def test_an_unknown_step_is_told_with_those_there_are() -> None:
    with pytest.raises(LaunchError, match="ruff, format, types"):
        suite.run(["nothing"])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("812 passed in 402.1s", "812 passed in 402.1s"),
        (
            "=== 1 failed, 811 passed in 402.10s (0:06:42) ===",
            "1 failed, 811 passed in 402.10s (0:06:42)",
        ),
        ("we passed in 3 s", None),
    ],
)
def test_the_summary_line_of_pytest_is_known(line: str, found: str | None) -> None:
    match = suite._SUMMARY.match(line)
    assert (match[1] if match else None) == found


def test_the_layers_hold_and_a_broken_one_would_be_seen(tmp_path: Path) -> None:
    """import-linter runs here as in the suite: its exit code says what it found."""
    code = "from importlinter.cli import lint_imports_command as check; check()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--config", str(tmp_path / "none.toml")],
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
