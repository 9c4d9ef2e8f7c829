"""`redleaf demo`: the invented community, for whoever wants to look around."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from redleaf.demo.loading import demo

EVERY_SECONDS = 2.0


class Command(BaseCommand):
    help = "Write the demo into an edition that has no members yet."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, quietly, when there are members"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if demo.is_loaded() or not demo.may_load():
            if options["if_empty"]:
                return
            raise CommandError("There are members already: the demo is for an empty edition.")
        demo.load(self._progress())
        self.stdout.write("The demo is loaded.")

    def _progress(self) -> demo.Say:
        shown = [time.monotonic()]

        def say(what: str, done: int, of: int) -> None:
            if done == of or time.monotonic() - shown[0] > EVERY_SECONDS:
                shown[0] = time.monotonic()
                self.stdout.write(f"{what} {done}/{of}")
                self.stdout.flush()

        return say
