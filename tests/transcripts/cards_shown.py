"""Cards of the small knowledge base, as a student reads them in 80 columns.

``python -m tests.transcripts.cards_shown`` writes them anew; read the difference before keeping it.
"""

from pathlib import Path

from nmt_expert.kb import load
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.reports import as_plain
from nmt_expert.reports.cards import cards

HERE = Path(__file__).parent / "cards"
TINY = Path(__file__).parent.parent / "kb" / "tiny"
COLUMNS = 80
SHOWN = (
    "taut_band",
    "upper_trapezius",
    "forward_head",
    "active_trigger_point",
    "trigger_points.band.taut",
    "heart_attack",
    "gliding",
    "refers_to",
)
"""A finding, a muscle, a pattern, a conclusion, a rule, a red flag, a technique, a relation."""


def shown(kb: KnowledgeBase, name: str) -> str:
    return "\n".join(as_plain(card, COLUMNS) for card in cards(kb, name))


def file_of(name: str) -> Path:
    return HERE / f"{name}.txt"


if __name__ == "__main__":
    small = load(TINY)
    for each in SHOWN:
        file_of(each).write_text(shown(small, each), encoding="utf-8")
