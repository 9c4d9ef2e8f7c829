"""Count reach again: the weeks of the public chart, or the counters of each note."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from redleaf.discovery import reach
from redleaf.discovery.reach import weeks


class Command(BaseCommand):
    help = (
        "rebuild: count the weeks of /ranking/reach/ again. recount: bring the views of each note"
        " to what was recorded."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["rebuild", "recount"])

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["act"] == "rebuild":
            weeks.rebuild()
            self.stdout.write(f"The last {weeks.WEEKS} weeks are counted.")
        else:
            self.stdout.write(f"{reach.recount()} notes had other counters than were recorded.")
