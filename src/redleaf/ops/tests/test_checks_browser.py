"""A browser for the tests: what is tried, in which order, and what is said when all of it fails."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from redleaf.ops.checks import browser, suite
from redleaf.ops.launch.environment import REPOSITORY

Runs = list[list[str]]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without any browser; returns the folder that is its whole PATH."""
    monkeypatch.delenv(browser.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "_playwrights_own", lambda: None)
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000)
    return tmp_path


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> Runs:
    """Every command that would have been run; none of them is."""
    commands: Runs = []

    def run(command: list[str], **_options: object) -> "subprocess.CompletedProcess[str]":
        commands.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(browser.subprocess, "run", run)
    return commands


def program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def root_on_debian(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    program(folder, "apt-get")
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)


def when_run(
    monkeypatch: pytest.MonkeyPatch, ran: Runs, word: str, act: Callable[[], object]
) -> None:
    """Let the command that has this word do something, as the real one would."""

    def run(command: list[str], **_options: object) -> "subprocess.CompletedProcess[str]":
        ran.append(command)
        if word in command:
            act()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(browser.subprocess, "run", run)


def debians(folder: Path, command: list[str]) -> None:
    """Put the browser there that a package would, and nothing for another installer."""
    if command[0] == "apt-get":
        program(folder, "chromium")


@pytest.mark.parametrize("name", browser.NAMES)
def test_an_installed_browser_is_taken_and_nothing_is_run(bare: Path, ran: Runs, name: str) -> None:
    wanted = program(bare, name)
    assert browser.get() == wanted
    assert ran == []


def test_a_named_browser_goes_before_an_installed_one(
    bare: Path, ran: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(bare, "chromium")
    named = program(bare, "another")
    monkeypatch.setenv(browser.VARIABLE, str(named))
    assert browser.get() == named
    assert ran == []


def test_a_named_browser_that_is_not_there_is_told_and_nothing_is_run(
    bare: Path, ran: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(bare, "chromium")
    monkeypatch.setenv(browser.VARIABLE, "/nowhere/chromium")
    with pytest.raises(browser.NoBrowser, match="/nowhere/chromium"):
        browser.get()
    assert ran == []


def test_playwrights_own_is_found_where_none_is_installed(
    bare: Path, ran: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = program(bare, "headless_shell")
    monkeypatch.setattr(browser, "_playwrights_own", lambda: own)
    assert browser.get() == own
    assert ran == []


def test_where_there_is_none_playwright_downloads_its_own(
    bare: Path, ran: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    root_on_debian(monkeypatch, bare)
    own = program(bare, "headless_shell")
    when_run(
        *(monkeypatch, ran, "playwright"),
        lambda: monkeypatch.setattr(browser, "_playwrights_own", lambda: own),
    )
    assert browser.get() == own
    (command,) = ran
    assert command[1:] == ["-m", "playwright", "install", "chromium"]


def test_where_playwright_has_none_root_installs_debians(
    bare: Path, ran: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    root_on_debian(monkeypatch, bare)
    when_run(monkeypatch, ran, "install", lambda: debians(bare, ran[-1]))
    assert browser.get() == bare / "chromium"
    assert [command[:2] for command in ran[1:]] == [["apt-get", "update"], ["apt-get", "install"]]
    assert {"chromium", "fonts-noto-cjk"} <= set(ran[-1])


@pytest.mark.parametrize("is_root", [True, False])
def test_when_all_fails_it_is_said_what_to_do(
    bare: Path, ran: Runs, monkeypatch: pytest.MonkeyPatch, is_root: bool
) -> None:
    if is_root:
        root_on_debian(monkeypatch, bare)
    with pytest.raises(browser.NoBrowser) as told:
        browser.get()
    assert "There is no browser for the tests" in str(told.value)
    assert "apt install chromium" in str(told.value)
    assert browser.VARIABLE in str(told.value)
    assert len(ran) == (3 if is_root else 1)


@pytest.mark.parametrize(
    "failure", [subprocess.TimeoutExpired("playwright", 300), OSError("no such program")]
)
def test_a_step_that_hangs_or_cannot_start_is_passed_over(
    bare: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failure: Exception,
) -> None:
    def run(*_arguments: object, **_options: object) -> None:
        raise failure

    monkeypatch.setattr(browser.subprocess, "run", run)
    with pytest.raises(browser.NoBrowser):
        browser.get()
    assert str(failure) in capsys.readouterr().out


def test_without_a_browser_the_suite_fails_and_says_why(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(browser.VARIABLE, "/nowhere/chromium")
    monkeypatch.setattr(suite, "NEED_DATABASE", set())
    assert suite.run(["tests"]) == 1
    said = capsys.readouterr().out
    assert "/nowhere/chromium" in said
    assert "failed: tests" in said


def test_a_browser_test_without_a_browser_fails_and_is_not_skipped(tmp_path: Path) -> None:
    (tmp_path / "test_page.py").write_text("def test_a_page(chromium):\n    pass\n")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "tests.browsing", "-p", "no:django"),
            *("-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", str(tmp_path), "."),
        ],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "src")]),
            browser.VARIABLE: "/nowhere/chromium",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "there is no browser; ./redleaf test gets one" in done.stdout
    assert "1 error" in done.stdout and " skipped" not in done.stdout.splitlines()[-1]
