"""`redleaf bench recommend`: how well the recommender foretells, over sets given as folders.

The algorithms are those of the site (`redleaf.discovery.recommend`); only where the lists come from
differs. docs/recommendation.md names the formats, the protocol and the figures reached.
"""

import argparse
import json
from pathlib import Path

from redleaf.ops.bench.recommend import sets
from redleaf.ops.launch.environment import LaunchError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("--data", type=Path, help="a folder of folders; those known are measured")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=FOLDER", help="one more set"
    )
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="this set only")


def run(options: argparse.Namespace) -> int:
    """Measure every set; print a table, write the JSON."""
    figures: dict[str, float] = {}
    for name, folder in _folders(options):
        try:
            figures |= _measure(sets.read(name, folder))
        except sets.NoSet as failure:
            raise LaunchError(str(failure)) from failure
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


def _folders(options: argparse.Namespace) -> list[tuple[str, Path]]:
    found: list[tuple[str, Path]] = []
    if options.data is not None:
        if not options.data.is_dir():
            raise LaunchError(f"There is no folder {options.data}.")
        folders = [path for path in sorted(options.data.iterdir()) if path.is_dir()]
        found = [(path.name.lower(), path) for path in folders if sets.known(path)]
        if not found:
            raise LaunchError(f"{options.data} holds no folder of a known format.")
    for given in options.set:
        name, equals, folder = given.partition("=")
        if not equals or not name.replace("-", "_").isidentifier():
            raise LaunchError(f"--set takes NAME=FOLDER, not “{given}”.")
        found.append((name, Path(folder)))
    if options.only:
        found = [(name, folder) for name, folder in found if name in options.only]
    if not found:
        raise LaunchError("Say where the sets are: --data DIR or --set NAME=FOLDER.")
    return found


def _measure(given: sets.InteractionSet) -> dict[str, float]:
    from redleaf.ops.bench.recommend import clicks, measuring

    name = given.name
    print(f"\n{name}: {len(given.lists)} members, {given.interactions} interactions", flush=True)
    measured = measuring.measure(given)
    lines = {
        "popularity": measured.popularity,
        "item-kNN, cosine": measured.item_knn,
        "the site’s": measured.quality,
        "the site’s, validation items counted too": measured.refitted,
    }
    print(f"  {'':42} {'R@10':>7} {'N@10':>7}")
    for label, quality in lines.items():
        print(f"  {label:42} {quality.recall:7.4f} {quality.ndcg:7.4f}")
    print(
        f"  chosen in {measured.choose_s:.1f} s, rebuilt in {measured.train_s:.1f} s"
        f" ({measured.train_cpu_s:.1f} s of CPU), {measured.request_us:.0f} µs a request"
    )
    print(f"  {measured.recipe}", flush=True)
    figures = {
        f"{name}.ndcg10": measured.quality.ndcg,
        f"{name}.recall10": measured.quality.recall,
        f"{name}.refitted_ndcg10": measured.refitted.ndcg,
        f"{name}.refitted_recall10": measured.refitted.recall,
        f"{name}.popularity_ndcg10": measured.popularity.ndcg,
        f"{name}.item_knn_ndcg10": measured.item_knn.ndcg,
        f"{name}.choose_s": measured.choose_s,
        f"{name}.train_s": measured.train_s,
        f"{name}.train_cpu_s": measured.train_cpu_s,
        f"{name}.request_us": measured.request_us,
        f"{name}.interactions": given.interactions,
    }
    if given.clicks and given.folder is not None:
        foretold = clicks.measure(given.folder)
        print(
            f"  clicks: AUC {foretold.auc:.4f} ({foretold.auc_online:.4f} counting as it goes),"
            f" fitted in {foretold.fit_s:.1f} s, 500 scored in {foretold.score_500_ms:.2f} ms",
            flush=True,
        )
        figures |= {
            f"{name}.auc": foretold.auc,
            f"{name}.auc_online": foretold.auc_online,
            f"{name}.fit_s": foretold.fit_s,
            f"{name}.score_500_ms": foretold.score_500_ms,
        }
    return figures
