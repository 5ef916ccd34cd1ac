"""The pages of the documentation, and what they show: commands, blocks, names."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
PAGES = (README, ROOT / "benchmarks" / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
PROMPT = "$ "
PROGRAM = "nmt-expert"
ELISION = "..."
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TICKED = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_APPEND = re.compile(r"Append to\s+`([^`]+)`:\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Shown:
    """A command as a page shows it, and the lines of output below it."""

    page: str
    line: str
    printed: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """What follows the program's name."""
        program, *words = shlex.split(self.line)
        assert program == PROGRAM, self.line
        return words


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return [body for found, body in _FENCE.findall(text(page)) if found == language]


def commands() -> Iterator[Shown]:
    """Every command in a console block of any page."""
    for page in PAGES:
        for block in blocks(page, "console"):
            yield from _commands(name(page), block)


def _commands(page: str, block: str) -> Iterator[Shown]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, *printed = part.splitlines()
        yield Shown(page, line, tuple(said for said in printed if said not in ("", ELISION)))


def links(page: Path) -> set[str]:
    """The targets of links and pictures that lie in the repository."""
    return {to.split("#")[0] for to in _LINK.findall(text(page)) if "://" not in to}


def ticked(page: Path) -> set[str]:
    """What stands between single backticks outside of blocks."""
    return set(_TICKED.findall(_FENCE.sub("", text(page))))


def additions(page: Path) -> list[tuple[str, str]]:
    """The files that a page tells a person to append to, and what."""
    return _APPEND.findall(text(page))
