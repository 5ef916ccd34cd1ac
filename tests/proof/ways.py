"""The ways of each rule, written down apart from it: what it ends in, who fires it, who does not.

A rule's own examples stand beside it and show one client each. ``tests/ways`` has the others: every
other way to meet it, and every client who lacks just one thing. A client is one line, ``finding``,
``finding@site:side`` or ``finding=value`` each, with commas between; ``candidate x@site:side`` and
``band x@site:side=word`` are taken as drawn. ``-> end; end`` after a client says what it ends in.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

from nmt_expert.assessment.trace import Drawn, drawn
from nmt_expert.engine import RawFiring
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import (
    Advise,
    Candidate,
    Caution,
    Conclude,
    Example,
    ExampleAnswer,
    Given,
    Refer,
    Rule,
    Treat,
)
from tests.conftest import ROOT

FOLDER = ROOT / "tests/ways"
NOTHING = "nothing"
"""A client of whom nothing is known."""
_ITEM = re.compile(
    r"(?:(?P<given>candidate|band) )?(?P<name>\w+)(?:@(?P<site>\w+))?"
    r"(?::(?P<side>left|right|both))?(?:=(?P<value>\w+))?"
)


ARROW, AND = " -> ", "; "


class Line(NamedTuple):
    """A client, whether the rule fires, and what its firings end in, where that is said."""

    example: Example
    fires: bool
    ends: tuple[str, ...] | None = None

    def __str__(self) -> str:
        return line_of(self.example) + (f"{ARROW}{AND.join(self.ends)}" if self.ends else "")


@dataclass(frozen=True)
class Ways:
    """What one rule ends in for the client of its own example, and its further clients."""

    ends: tuple[str, ...]
    fires: tuple[str, ...]
    silent: tuple[str, ...]


def read_ways(folder: Path = FOLDER) -> dict[str, Ways]:
    """The ways of every rule, by its id."""
    found = {}
    for path in sorted(folder.glob("*/*.yml")):
        for name, told in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items():
            lists = {key: tuple(told.get(key, ())) for key in ("ends", "fires", "silent")}
            found[f"{path.parent.name}.{path.stem}.{name}"] = Ways(**lists)
    return found


def client(line: str) -> Example:
    """The client that a line describes."""
    items = [] if line == NOTHING else [_read(item) for item in line.split(", ")]
    return Example(
        given=tuple(item for item in items if isinstance(item, Given)),
        answers=tuple(item for item in items if isinstance(item, ExampleAnswer)),
    )


def _read(text: str) -> Given | ExampleAnswer:
    read = _ITEM.fullmatch(text)
    if read is None:
        raise ValueError(f"'{text}' is not finding@site:side=value")
    place = {"site": read["site"], "side": read["side"]}
    if read["given"] == "band":
        return Given.model_validate({"band": read["name"], "at_least": read["value"], **place})
    if read["given"]:
        return Given.model_validate({"candidate": read["name"], **place})
    value = read["value"] or "present"
    return ExampleAnswer.model_validate({"finding": read["name"], "value": value, **place})


def line_of(example: Example) -> str:
    """A client as a line."""
    given = [
        f"band {one.band}{_place(one.site, one.side)}={one.at_least}"
        if one.band
        else f"candidate {one.candidate}{_place(one.site, one.side)}"
        for one in example.given
    ]
    told = [
        f"{one.finding}{_place(one.site, one.side)}"
        + ("" if one.value == "present" else f"={one.value}")
        for one in example.answers
    ]
    return ", ".join([*given, *told]) or NOTHING


def _place(site: str | None, side: str | None) -> str:
    return (f"@{site}" if site else "") + (f":{side}" if side else "")


def ends_of(rule: Rule, firings: Iterable[RawFiring], kb: KnowledgeBase) -> tuple[str, ...]:
    """What the rule's firings come to, in words, each once."""
    items = (item for raw in firings for item in drawn(rule, dict(raw.bindings), kb))
    return tuple(sorted({_end(item, rule.role) for item in items}))


def _end(item: Drawn, role: str) -> str:
    place = _place(item.site, item.side)
    match item.outcome:
        case Refer(flag=flag, kind=kind, urgency=urgency, suppress=held):
            return f"{kind} {flag}, {urgency}{_listed('holds', held)}"
        case Caution(caution=name, scope=scope, site=site, bans=bans):
            return f"caution {name}, {scope}{_listed('at', site)}{_listed('bans', bans)}"
        case Candidate(candidate=name):
            return f"candidate {name}{place}"
        case Conclude(conclude=name, strength=strength, group=group, ceiling=ceiling):
            cap = f", at most {ceiling}" if ceiling else ""
            return f"{_SPEAKS[role]} {name}{place}, {strength} as {group}{cap}"
        case Treat(technique=names, order=order, distant=distant, bans=bans):
            where = " from afar" if distant else ""
            return (
                f"treat{place}{where}, step {order}{_listed('with', names)}{_listed('bans', bans)}"
            )
        case Advise(advice=name, to=to):
            return f"advise {name}" + (", and refer" if to else "")


_SPEAKS: Mapping[str, str] = {"support": "for", "oppose": "against"}


def _listed(word: str, names: Iterable[str]) -> str:
    told = " ".join(names)
    return f", {word} {told}" if told else ""


def lines_of(rule: Rule, ways: Ways | None) -> Iterator[Line]:
    """Every client of a rule, its own examples first."""
    yield Line(rule.examples.fires, True, ways.ends if ways else None)
    yield Line(rule.examples.silent, False)
    for line in ways.fires if ways else ():
        told, _, ends = line.partition(ARROW)
        yield Line(client(told), True, tuple(ends.split(AND)) if ends else None)
    for line in ways.silent if ways else ():
        yield Line(client(line), False)
