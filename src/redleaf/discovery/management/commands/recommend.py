"""`redleaf recommend rebuild`: count anew what members went on to from what they read."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from redleaf.discovery.ranking import clicks, rebuilding


class Command(BaseCommand):
    help = "rebuild: count every note's neighbours anew from the acts of members who consent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["rebuild"])

    def handle(self, *_args: Any, **_options: Any) -> None:
        made = rebuilding.rebuild()
        self.stdout.write(
            f"{made.acts} acts of {made.members} members over {made.notes} notes in"
            f" {made.seconds:.1f} s; newest acts foretold with NDCG@10 {made.foretold:.4f}"
        )
        figures = clicks.train()
        if figures is None:
            self.stdout.write("Too little was seen and opened yet to guess from.")
            return
        self.stdout.write(
            f"What is opened, from {figures['rows']:.0f} cards seen: AUC {figures['auc']:.3f}"
            f" on the newest fifth{'' if figures['auc'] >= clicks.LEAST_AUC else ', not used'}"
        )
