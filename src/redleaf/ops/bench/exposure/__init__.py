"""`redleaf bench exposure`: who is seen, measured where the truth is known: in a simulation."""

import argparse
import json
import time

COLUMNS = {
    "promise_share": "promise",
    "promise_filled": "filled",
    "gini_by_quality": "Gini/dec.",
    "best_to_worst": "best:worst",
    "hours_to_find": "h to find",
    "found_share": "found",
    "reader_utility": "utility",
    "varied_utility": "varied",
    "topics_a_visit": "topics",
    "ring_gain": "ring",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=10, help="6 at least")
    parser.add_argument("--visits", type=int, default=2_000, help="a day")


def run(options: argparse.Namespace) -> int:
    """Simulate each system over the same world, print the table, write the JSON."""
    if options.days < 6 or options.visits < 1 or options.seed < 0:
        print("At least 6 days, one visit a day and a seed that is not negative, please.")
        return 1
    figures = measure(seed=options.seed, days=options.days, visits=options.visits)
    print(table(figures))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def measure(*, seed: int, days: int, visits: int) -> dict[str, float]:
    """Return the flat figures: `<system>.<name>`, and those of diversity."""
    from redleaf.ops.bench.exposure import measures, population, running, spreading, systems

    world = population.build(seed=seed, days=days, visits=visits)
    figures: dict[str, float] = {"notes": len(world.notes.published), "visits": visits * days}
    personal = systems.Redleaf("redleaf", personal=True)
    for system in (
        systems.Popularity(),
        systems.Chronological(),
        systems.Formula(),
        systems.Redleaf("redleaf_off", personal=False),
        personal,
    ):
        began = time.process_time()
        state = running.run(world, system)
        found = measures.figures(state) | {"seconds": time.process_time() - began}
        figures |= {f"{system.name}.{key}": round(value, 4) for key, value in found.items()}
    figures |= spreading.compare(personal)
    return figures


def table(figures: dict[str, float]) -> str:
    """Return the figures as a table for people."""
    head = f"{'':<14}" + "".join(f"{words:>11}" for words in COLUMNS.values())
    lines = [head, "-" * len(head)]
    names = [key.partition(".")[0] for key in figures if key.endswith(".promise_share")]
    for name in names:
        cells = "".join(f"{figures[f'{name}.{key}']:>11.3f}" for key in COLUMNS)
        lines.append(f"{name:<14}{cells}")
    lines.append(
        f"\n{figures['notes']:.0f} notes, {figures['visits']:.0f} visits;"
        f" owed {figures['redleaf.owed']:.0f} views on average.\n"
    )
    head = f"{'':<14}{'score kept':>11}{'unlike':>11}{'topics':>11}{'varied':>11}{'ms':>11}"
    lines += [head, "-" * len(head)]
    for name in [key.partition(".")[0] for key in figures if key.endswith(".unlike")]:
        row = [figures[f"{name}.{key}"] for key in ("kept", "unlike", "topics", "varied", "ms")]
        lines.append(f"{name:<14}" + "".join(f"{value:>11.3f}" for value in row))
    return "\n".join(lines)
