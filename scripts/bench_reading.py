"""Print how fast the reading room reads, and how much memory it takes.

Reads the real documents beside the project where they are, else the invented ones of the tests, repeated.
"""

import resource
import time
from pathlib import Path

from luoshi.reading import read_bytes

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
# The gazettes, the plan and the work report of one city, 154,000 characters: what an office brings in on its first day.
ONE_CITY = ("gazette-2019-04", "gazette-2021-02", "gazette-2022-02", "task-plan-2021", "work-report-2022-12")
INVENTED = ROOT / "tests" / "reading" / "documents"
ROUNDS = 5


def main() -> None:
    """Print one line for each file, and one for all."""
    paths = sorted(CORPUS.glob("*.txt")) or sorted(INVENTED.iterdir())
    total_characters, total_seconds, city_characters, city_seconds = 0, 0.0, 0, 0.0
    for path in [*paths, *sorted(CORPUS.glob("*.pdf"))]:
        characters, seconds, tasks = measure(path)
        print(
            f"{path.name:36}{characters:8} characters {tasks:5} tasks {seconds:7.3f} s {characters / seconds:11,.0f} /s"
        )
        if path in paths:
            total_characters += characters
            total_seconds += seconds
        if path.stem in ONE_CITY:
            city_characters += characters
            city_seconds += seconds
    if city_characters:
        print(f"{'five texts of Liaocheng':36}{city_characters:8} characters {'':11} {city_seconds:7.3f} s")
    print(f"{'all texts':36}{total_characters:8} characters {'':11} {total_seconds:7.3f} s ", end="")
    print(f"{total_characters / total_seconds:11,.0f} /s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def measure(path: Path) -> tuple[int, float, int]:
    """Return characters, the best processor seconds of some rounds, and tasks of a file."""
    data = path.read_bytes()
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        reading = read_bytes(data, name=path.name)
        best = min(best, time.process_time() - started)
    return len(reading.text), best, sum(len(document.tasks) for document in reading.documents)


if __name__ == "__main__":
    main()
