"""The command line."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from redleaf.ops.launch import preparing, supervisor
from redleaf.ops.launch.environment import REPOSITORY, LaunchError

BENCHES = {  # modules of ops.bench
    "pages": "what the main pages cost, over a large database",
    "exposure": "who is seen: a simulation where the truth is known",
    "search": "what search finds in labelled sets, and how fast",
    "recommend": "how well the recommender foretells, over sets given as folders",
}
DATA = Path(os.environ.get("REDLEAF_DATA", REPOSITORY / "var"))


def main(arguments: list[str]) -> int:
    """Do what the command line asks; return the exit code."""
    parser = command_parser()
    options, rest = parser.parse_known_args(arguments)
    if rest and not getattr(options, "takes_rest", False):
        parser.error(f"{rest[0]} is not known here")
    act: Callable[[argparse.Namespace, list[str]], int] = getattr(options, "act", _help(parser))
    try:
        return act(options, rest)
    except LaunchError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1


def command_parser() -> argparse.ArgumentParser:
    """Return what knows every command; the documents are checked against it too."""
    parser = argparse.ArgumentParser(prog="./redleaf", description="Run and look after Redleaf.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(
        name: str, words: str, act: Callable[[argparse.Namespace, list[str]], int]
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(act=act)
        made.add_argument("--data", type=Path, default=DATA, help="the data folder")
        return made

    up = command("up", "start everything; Ctrl-C stops it", _up)
    up.add_argument("--host", default="127.0.0.1", help="address to listen on")
    up.add_argument(
        "--port", type=_port, default=8000, help="port to listen on; 0 takes a free one"
    )
    up.add_argument("--no-demo", action="store_true", help="start empty")
    test = command("test", "check everything and run the whole suite", _test)
    test.add_argument("--only", action="append", default=[], help="one step, by name")
    messages = command("messages", "translations: extract, compile or check", _messages)
    messages.add_argument("action", choices=["extract", "compile", "check"])
    command("doctor", "say in words what is wrong", _doctor)
    backup = command("backup", "write database and media into one file", _backup)
    backup.add_argument("file", type=Path)
    restore = command("restore", "bring back what backup wrote", _restore)
    restore.add_argument("file", type=Path)
    restore.add_argument("--replace", action="store_true", help="give up what is there now")
    admin = command(
        "admin", "operators' accounts: admin create, list, …", _manage_named("admin_account")
    )
    admin.set_defaults(takes_rest=True)
    for name, words in (
        ("manage", "any of Django's commands"),
        ("events", "print who hears what"),
        ("search", "rebuild or check the search index"),
        ("ranking", "show, set or verify the published rules of Explore"),
        ("recommend", "rebuild what personal Explore is made from"),
        ("receipts", "replay a list that was served"),
        ("demo", "write the demo into an empty database"),
    ):
        made = command(name, words, _manage if name == "manage" else _manage_named(name))
        made.set_defaults(takes_rest=True)
    _add_benches(command("bench", "measure: bench pages", _bench))
    worker = command("worker", "run the background worker alone", _worker)
    worker.set_defaults(takes_rest=True)
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return port


def _add_benches(parser: argparse.ArgumentParser) -> None:
    benches = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    for name, words in BENCHES.items():
        made = benches.add_parser(name, help=words, description=words)
        made.add_argument("--json", type=Path, help="write the figures here")
        import_module(f"redleaf.ops.bench.{name}").add_arguments(made)


def _bench(options: argparse.Namespace, _rest: list[str]) -> int:
    run: Callable[[argparse.Namespace], int] = import_module(
        f"redleaf.ops.bench.{options.what}"
    ).run
    return run(options)


def _help(parser: argparse.ArgumentParser) -> Callable[[argparse.Namespace, list[str]], int]:
    def show(_options: argparse.Namespace, _rest: list[str]) -> int:
        parser.print_help()
        return 0

    return show


def _up(options: argparse.Namespace, _rest: list[str]) -> int:
    return supervisor.up(
        supervisor.Options(
            data=options.data, host=options.host, port=options.port, demo=not options.no_demo
        )
    )


def _test(options: argparse.Namespace, _rest: list[str]) -> int:
    from redleaf.ops.checks import suite

    return suite.run(options.only)


def _messages(options: argparse.Namespace, _rest: list[str]) -> int:
    from redleaf.ops.messages import command

    return command.run(options.action)


def _doctor(options: argparse.Namespace, _rest: list[str]) -> int:
    from redleaf.ops import doctor

    return doctor.examine(options.data)


def _backup(options: argparse.Namespace, _rest: list[str]) -> int:
    from redleaf.ops import backup

    return backup.write(options.data, options.file)


def _restore(options: argparse.Namespace, _rest: list[str]) -> int:
    from redleaf.ops import backup

    return backup.restore(options.data, options.file, replace=options.replace)


def _manage(options: argparse.Namespace, rest: list[str]) -> int:
    def act(variables: dict[str, str]) -> int:
        command = [sys.executable, "-m", "django", *rest]
        return subprocess.run(command, env=variables, check=False).returncode  # noqa: S603 - ours

    return preparing.run_with_database(options.data, act)


def _manage_named(name: str) -> Callable[[argparse.Namespace, list[str]], int]:
    def act(options: argparse.Namespace, rest: list[str]) -> int:
        return _manage(options, [name, *rest])

    return act


def _worker(options: argparse.Namespace, rest: list[str]) -> int:
    os.environ.setdefault("REDLEAF_LOGS", "json")
    if os.environ.get("DATABASE_URL"):
        from django.core.management import execute_from_command_line

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redleaf.config.settings")
        execute_from_command_line(["redleaf", "worker", *rest])
        return 0
    return _manage(options, ["worker", *rest])
