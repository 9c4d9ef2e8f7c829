"""`redleaf messages extract|compile|check`."""

from redleaf.ops.messages import catalogues, checking, extracting, files

ACTIONS = ("extract", "compile", "check")


def run(action: str) -> int:
    """Do one of the three; return the exit code."""
    if action == "compile":
        found = files.compile_stale()
        print(f"Compiled {len(found)}." if found else "All catalogues are compiled already.")
        return 0
    if action == "extract":
        texts, problems = extracting.extract()
        for problem in problems:
            print(problem)
        for locale, count in catalogues.update(texts).items():
            print(f"{locale}: {count} to translate" if count else f"{locale}: complete")
        return 1 if problems else 0
    found_wrong = checking.check()
    for words in found_wrong:
        print(words)
    print(f"{len(found_wrong)} problems." if found_wrong else "All languages are complete.")
    return 1 if found_wrong else 0
