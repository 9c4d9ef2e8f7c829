"""Show, publish and check the settings of Explore."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from redleaf.core.errors import Refusal
from redleaf.discovery.models import RankingVersion
from redleaf.discovery.ranking import versions
from redleaf.discovery.ranking.settings import Settings
from redleaf.editions import current as edition


class Command(BaseCommand):
    help = (
        "show: print the settings in force as JSON. set FILE: publish such a file as a signed "
        "public entry; it needs --reason and --effect. verify: check every entry's signature."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["show", "set", "verify"])
        parser.add_argument("file", nargs="?", type=Path, help="settings as show prints them")
        parser.add_argument("--reason", default="", help="why; published with the change")
        parser.add_argument("--effect", default="", help="what it was measured to do; published")
        parser.add_argument("--by", default="", help="who decided it; else the operator's name")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['act']}")(options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as problem:
            raise CommandError(f"{problem.strerror or problem}: {problem.filename}") from None

    def _show(self, _options: dict[str, Any]) -> None:
        number, settings = versions.current()
        self.stderr.write(f"Ranking {number} is in force.")
        self.stdout.write(json.dumps(settings.to_json(), indent=2))

    def _set(self, options: dict[str, Any]) -> None:
        if options["file"] is None:
            raise CommandError("Name a file: ./redleaf ranking set FILE --reason … --effect …")
        try:
            given = json.loads(Path(options["file"]).read_text(encoding="utf-8"))
            if not isinstance(given, dict):
                raise ValueError("it has to be one object, as show prints it")
            settings = Settings.from_json(given)
        except (ValueError, TypeError) as problem:
            raise CommandError(f"{options['file']} cannot be used: {problem}") from None
        row = versions.publish(
            options["by"] or edition().operator_name,
            settings,
            options["reason"],
            options["effect"],
        )
        self.stdout.write(f"Ranking {row.number} is published, and in force within 5 seconds.")

    def _verify(self, _options: dict[str, Any]) -> None:
        versions.current()
        broken = versions.verify_all()
        if broken is not None:
            raise CommandError(f"Entry {broken} is missing, or not as it was signed.")
        count = RankingVersion.objects.count()
        self.stdout.write(f"{count} entries, each as it was signed.")
