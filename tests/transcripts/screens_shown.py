"""Screens of 80 by 24 as a person sees them, key by key, in the program itself.

``python -m tests.transcripts.screens_shown`` writes them anew; read the difference first.
"""

import re
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from nmt_expert.engine import Engine
from nmt_expert.kb import load
from nmt_expert.model.knowledge import KnowledgeBase
from tests.transcripts.case_so_far import case_so_far
from tests.transcripts.terminal import Terminal

HERE = Path(__file__).parent / "screens"
DOWN, RIGHT, ENTER, CTRL_C, CTRL_D = "\x1b[B", "\x1b[C", "\r", "\x03", "\x04"
NAMED = {DOWN: "<down>", RIGHT: "<right>", ENTER: "<enter>", CTRL_C: "<ctrl-c>", CTRL_D: "<ctrl-d>"}
NAMED |= {" ": "<space>", "\n": "<enter>", "\t": "<tab>"}
PASSING = {
    r"\b\d{4}-\d\d-\d\d(?=-\d)": "<the day>",
    r"\d+(?= or more to go| not cleared| not examined| answers\.)": "<n>",
    r"(?<=and )\d+(?= more)": "<n>",
    r"(?<=Knowledge base ).*": "<version>",
}
"""What differs from day to day, or with every rule that is added, and what stands for it here."""
RULE = "=" * 80
SETTLED, PATIENCE = 0.7, 8.0
"""Seconds without output after which a screen is whole, and seconds to wait for the one wanted."""


@dataclass(frozen=True)
class Sitting:
    """Words of the command, where a case file is to come to, and what is typed when.

    ``typed`` has the words to wait for, and the keys that are then pressed. ``code`` is the exit
    code it ends with; ``after`` names the sitting whose folder it goes on in.
    """

    words: tuple[str, ...]
    typed: tuple[tuple[str, str], ...]
    code: int
    so_far: str = ""
    after: str = ""


SECOND = "Bladder, bowel, strength, balance"
SITTINGS = {
    "change_and_undo": Sitting(
        ("--client", "C-001"),
        (
            ("Right now or in the last 3 days (", ENTER),
            ("Nothing is ticked.", "?"),
            ("any key: go on", " "),
            ("Right now or in the last 3 days (", "0"),
            (SECOND, "c"),
            ("Which answer?", f"2{ENTER}"),
            ("Right now or in the last 3 days (", f" {ENTER}"),
            ("Change it?", f"1{ENTER}"),
            ("Nothing was changed.", "c"),
            ("Which answer?", f"2{ENTER}"),
            ("Right now or in the last 3 days (", f" {ENTER}"),
            ("Change it?", f"2{ENTER}"),
            ("Why is it changed?", f"she said so later{ENTER}"),
            ("4) It was a mis-tick", f"4{ENTER}"),
            ("Why is it withdrawn?", f"wrong line{ENTER}"),
            (SECOND, "b"),
            ("Withdrawn; asked once more.", "0"),
            (SECOND, "s"),
            ("What now?", CTRL_D),
        ),
        130,
    ),
    "going_on": Sitting(
        ("--resume",),
        (("1 answered", "s"), ("What now?", f"2{ENTER}")),
        0,
        after="change_and_undo",
    ),
    "alarm": Sitting(
        ("--client", "C-002"),
        (
            ("Right now or in the last 3 days (", "0"),
            (SECOND, f" {ENTER}"),
            ("4) It was a mis-tick", f"4{ENTER}"),
            ("Why is it withdrawn?", f"no{ENTER}"),
            ("A few words, please.", f" feeling, the line above{ENTER}"),
            (SECOND, f" {ENTER}"),
            ("4) It was a mis-tick", f"3{ENTER}"),
            ("Saved as interview", ""),
        ),
        0,
    ),
    "places": Sitting(
        (),
        (
            ("type to find", "tem"),
            ("Find: tem_", ENTER),
            ("Which side?", "r"),
            ("how strong", "7"),
            ("[R  ] 7", f"neck{ENTER}"),
            ("Which side?", "b"),
            ("how strong", f"3{ENTER}"),
            ("Chief complaint: Temple", "\t"),
            ("What now?", f"5{ENTER}"),
            ("what each answer would do", "q"),
            ("Chief complaint: Temple", CTRL_C),
        ),
        130,
        so_far="pain_chart",
    ),
    "form": Sitting(
        (),
        (
            ("How long and how strong (", ENTER),
            ("Nothing is typed.", f"60{ENTER}"),
            ("60 days", f"11{ENTER}"),
            ("out of range", "\x7f\x7f7"),
            ("7_ of 10", ENTER),
            ("60 days; ", CTRL_C),
        ),
        130,
        so_far="how_long",
    ),
    "grid": Sitting(
        (),
        (
            ("arrows  space mark", " "),
            ("[present]", f"{DOWN}{RIGHT}2"),
            ("[present]", "r"),
            ("arrows  space mark", f"nguarding{ENTER}"),
            ("guarding]", "?"),
            ("go on", "q"),
            ("guarding]", ENTER),
            ("not examined", "s"),
            ("What now?", f"3{ENTER}"),
            ("What the client finds hard", ENTER),
            ("which factor leads", ENTER),
            ("what was done?", ENTER),
        ),
        0,
        so_far="grid",
    ),
    "plain": Sitting(
        ("--plain", "--client", "C-003"),
        (
            ("! happening now", "\n"),
            ("Nothing was typed", "0\n"),
            ("11. New tingling", "1\n"),
            ("4. It was a mis-tick", "4\n"),
            ("Why is it withdrawn?", "wrong line\n"),
            ("Withdrawn; asked once more.", "c\n"),
            ("Which answer?", "\n"),
            ("Type a number", "1\n"),
            ("Nothing was changed.", "s\n"),
            ("3. Finish now", "2\n"),
        ),
        0,
    ),
}


def file_of(name: str) -> Path:
    return HERE / f"{name}.txt"


def masked(screen: str) -> str:
    """A screen without what differs from one run to the next."""
    for passing, instead in PASSING.items():
        screen = re.sub(passing, instead, screen)
    return screen


def pages(name: str) -> list[str]:
    """The screens as they were last read and found good; none where there is no file."""
    path = file_of(name)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    cut = re.split(rf"^{RULE}\n", text, flags=re.MULTILINE)[1:]
    return [page.partition("\n")[2].rstrip("\n") for page in cut]


def played(name: str, folder: Path, kb: KnowledgeBase, engine: Engine, wanted: list[str]) -> str:
    """All screens of a sitting, each with the keys that led to the next; ``wanted`` are awaited."""
    sitting = SITTINGS[name]
    words = sitting.words
    if sitting.so_far:
        words = (*words, "--from", str(case_so_far(sitting.so_far, kb, engine, folder)))
    terminal = Terminal(folder, *words, aside=True)
    shots = []
    for n, (says, keys) in enumerate(sitting.typed):
        terminal.wait(says)
        screen = settled(terminal, wanted[n] if n < len(wanted) else None)
        wanted = wanted if screen in wanted else []  # once it differs the rest is not waited for
        shots.append(f"{RULE}\n{named(keys)}\n{screen}\n")
        terminal.type(keys)
    code = terminal.ended()
    assert code == sitting.code, f"ended with {code}:\n{terminal.text}"
    return "".join([*shots, f"{RULE}\nexit {code}\n{masked(terminal.text)}\n"])


def settled(terminal: Terminal, wanted: str | None) -> str:
    """The screen, once it is the one that is wanted, or nothing more comes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        quiet = not terminal.more(SETTLED if wanted is None else 0.2)
        screen = masked(terminal.text)
        if screen == wanted or (wanted is None and quiet):
            return screen
    return masked(terminal.text)


def named(keys: str) -> str:
    """Keys in words; letters that are typed one after the other stay together."""
    told = keys
    for key, name in NAMED.items():
        told = told.replace(key, name)
    return f"> {told}".replace("\x7f", "<backspace>")


def following(name: str) -> list[str]:
    """A sitting, and those that go on in its folder."""
    return [name, *(each for each, one in SITTINGS.items() if one.after == name)]


if __name__ == "__main__":
    whole = load()
    at = Engine(whole)
    for first in (each for each, one in SITTINGS.items() if not one.after):
        with TemporaryDirectory() as place:
            for each in following(first):
                shown = played(each, Path(place), whole, at, [])
                file_of(each).write_text(shown, encoding="utf-8")
