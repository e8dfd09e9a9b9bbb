"""`luoshi evaluate FOLDER`: read every document of a folder that has gold and print how well it was read."""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from luoshi.reading.evaluation.gold import Gold, UnableToUseGold, load_gold
from luoshi.reading.evaluation.scoring import FileScore, Score, score_reading, total
from luoshi.reading.pipeline import read_file

SCORED: Final = 0
BELOW: Final = 1
NOTHING: Final = 2
MEASURES: Final = ("tasks", "parties", "deadlines", "targets")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `luoshi evaluate` to a parser."""
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the documents; sub-folders are not looked into")
    parser.add_argument(
        "--gold",
        type=Path,
        metavar="FOLDER",
        help="the gold files, NAME.json or NAME.PART.json for the document NAME.* (default: FOLDER itself)",
    )
    parser.add_argument("--json", action="store_true", help="print the scores as JSON")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--differences", type=int, default=0, metavar="N", help="print up to N differences a file")
    for measure in MEASURES:
        parser.add_argument(f"--min-{measure}", type=float, metavar="F1", help=f"fail where {measure} score below F1")


def run(args: argparse.Namespace) -> int:
    """Score the folder; return 0, 1 where a score is below its minimum, 2 where nothing could be scored."""
    try:
        pairs = find_pairs(args.folder, args.gold or args.folder)
    except (OSError, UnableToUseGold) as error:
        print(f"luoshi evaluate: {error}", file=sys.stderr)
        return NOTHING
    if not pairs:
        print(f"luoshi evaluate: no document in {args.folder} has gold beside it", file=sys.stderr)
        return NOTHING
    scores = [score(path, gold) for path, gold in pairs]
    if args.json:
        json.dump([_as_json(each) for each in scores], sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(markdown_table(scores) if args.markdown else text_table(scores)))
        _print_differences(scores, args.differences)
    return BELOW if any(_is_below(args, measure, scores) for measure in MEASURES) else SCORED


def find_pairs(folder: Path, gold_folder: Path) -> list[tuple[Path, Gold]]:
    """Return each document with its gold, in order of their names; gold without a document is passed over.

    :raises OSError: where a folder cannot be listed.
    :raises UnableToUseGold: for a broken gold file.
    """
    documents = {
        path.stem: path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix.lower() != ".json"
    }
    pairs: list[tuple[Path, Gold]] = []
    for path in sorted(gold_folder.glob("*.json")):
        document = documents.get(path.stem) or documents.get(path.stem.split(".")[0])
        gold = load_gold(path) if document is not None else None
        if document is not None and gold is not None:
            pairs.append((document, gold))
    return pairs


def score(path: Path, gold: Gold) -> FileScore:
    """Read one document and return its scores with the seconds that reading took."""
    began = time.perf_counter()
    reading = read_file(path)
    seconds = time.perf_counter() - began
    result = score_reading(gold, reading)
    result.name, result.seconds = path.name, seconds
    return result


def text_table(scores: Sequence[FileScore]) -> list[str]:
    """Return the scores as aligned lines: precision, recall and F1 of each measure, and seconds."""
    width = max(len(each.name) for each in scores)
    head = f"{'':{width}}" + "".join(f"  {measure:^23}" for measure in MEASURES) + "  seconds"
    sub = f"{'':{width}}" + "".join("  " + "   P       R       F1   "[:23] for _measure in MEASURES)
    lines = [head, sub]
    for each in (*scores, *_together(scores)):
        cells = "".join(f"  {_figures(getattr(each, measure), ' '):^23}" for measure in MEASURES)
        lines.append(f"{each.name:{width}}{cells}  {each.seconds:7.2f}")
    return lines


def markdown_table(scores: Sequence[FileScore]) -> list[str]:
    """Return the scores as a Markdown table; a cell holds precision / recall / F1 (found rightly of the gold)."""
    lines = ["| file | tasks | parties | time limits | targets | seconds |", "|---|---|---|---|---|---|"]
    for each in (*scores, *_together(scores)):
        cells = " | ".join(_cell(getattr(each, measure)) for measure in MEASURES)
        lines.append(f"| {each.name} | {cells} | {each.seconds:.2f} |")
    return lines


def _together(scores: Sequence[FileScore]) -> list[FileScore]:
    if len(scores) < 2:
        return []
    together = FileScore("all", seconds=sum(each.seconds for each in scores))
    for measure in MEASURES:
        setattr(together, measure, total(getattr(each, measure) for each in scores))
    return [together]


def _figures(score: Score | None, joint: str) -> str:
    return "—" if score is None else joint.join(f"{x:.4f}" for x in (score.precision, score.recall, score.f1))


def _cell(score: Score | None) -> str:
    return "—" if score is None else f"{_figures(score, ' / ')} ({score.right} of {score.gold})"


def _print_differences(scores: Sequence[FileScore], most: int) -> None:
    for each in scores:
        for line in each.differences[:most]:
            print(f"{each.name}: {line}")


def _as_json(score: FileScore) -> dict[str, Any]:
    written: dict[str, Any] = {"file": score.name, "seconds": round(score.seconds, 3)}
    for measure in MEASURES:
        counts: Score | None = getattr(score, measure)
        written[measure] = None if counts is None else _counts(counts)
    return {**written, "differences": score.differences}


def _counts(score: Score) -> dict[str, float]:
    return {
        "gold": score.gold,
        "read": score.read,
        "right": score.right,
        "precision": round(score.precision, 4),
        "recall": round(score.recall, 4),
        "f1": round(score.f1, 4),
    }


def _is_below(args: argparse.Namespace, measure: str, scores: Sequence[FileScore]) -> bool:
    least: float | None = getattr(args, f"min_{measure}")
    known = [score for each in scores if (score := getattr(each, measure)) is not None]
    return least is not None and any(score.f1 < least for score in known)
