"""Score what the reading room finds against what a careful reader found (gold)."""

from luoshi.reading.evaluation.gold import Gold, GoldTarget, GoldTask, UnableToUseGold, load_gold
from luoshi.reading.evaluation.scoring import FileScore, Score, score_reading

__all__ = [
    "FileScore",
    "Gold",
    "GoldTarget",
    "GoldTask",
    "Score",
    "UnableToUseGold",
    "load_gold",
    "score_reading",
]
