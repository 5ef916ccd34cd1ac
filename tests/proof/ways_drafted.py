"""Draft the ways of a rule: ``python -m tests.proof.ways_drafted [RULE...] [--write]``.

Every branch of its condition gives a client, and each client one thing short gives a near miss.
Kept are the fewest that notice what the rule's own examples do not. Read a draft before keeping it:
it shows what the rule does, and whether that is right is for a therapist to say.
"""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from nmt_expert.assessment.examples import bands_in, known_in
from nmt_expert.engine import Engine, RawFiring
from nmt_expert.engine.branches import Branch, branches
from nmt_expert.kb import load
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.rule import Example, Rule
from tests.proof.clients_of_a_rule import Drafter
from tests.proof.mutants import Mutant, mutants_of
from tests.proof.own_clients import OwnClients
from tests.proof.ways import FOLDER, Line, Ways, ends_of, read_ways

MOST = 80
"""Branches that are looked at; more are alike."""


def drafted(rule: Rule, kb: KnowledgeBase, engine: Engine) -> Ways:
    """The fewest clients that, beside the rule's own, notice every mutant that any would."""
    mine = _firings(rule, rule.examples.fires, kb, engine)
    drafter = Drafter(rule, kb, mine)
    some = list(islice(branches(rule.when), MOST))
    lines = list(_lines(some, drafter, engine))
    mutants = list(mutants_of(rule, kb))
    ends = ends_of(rule, mine, kb)
    own_ends = {rule.id: Ways(ends=ends, fires=(), silent=())}
    kept = [lines[at] for at in _fewest(rule, mutants, lines, OwnClients(kb, engine, own_ends))]
    return Ways(
        ends=ends,
        fires=tuple(str(line) for line in kept if line.fires),
        silent=tuple(str(line) for line in kept if not line.fires),
    )


def _lines(some: Iterable[Branch], drafter: Drafter, engine: Engine) -> Iterator[Line]:
    """Each client once; one who fires the rule also with what that ends in.

    A near miss may fire it elsewhere: pain on the other side draws a candidate there.
    """
    seen, rule, kb = set(), drafter.rule, drafter.kb
    with_ends = []
    for branch in some:
        for example, fires in drafter.lines(branch):
            if example not in seen:
                seen.add(example)
                if mine := _firings(rule, example, kb, engine):
                    yield Line(example, True)
                    with_ends.append(Line(example, True, ends_of(rule, mine, kb)))
                elif not fires:
                    yield Line(example, False)
    yield from with_ends


def _firings(rule: Rule, example: Example, kb: KnowledgeBase, engine: Engine) -> list[RawFiring]:
    result = engine.run(known_in(example, kb), lambda _: bands_in(example), opening=False)
    return [raw for raw in result.firings if raw.rule == rule.id]


def _fewest(
    rule: Rule, mutants: Sequence[Mutant], lines: Sequence[Line], own: OwnClients
) -> list[int]:
    """The numbers of the lines to keep: whichever notices most that is left, until none does."""
    noticed = own.noticing(rule, mutants, lines)
    left = [{n - 2 for n in by if n >= 2} for by in noticed if not by & {-1, 0, 1}]
    kept: list[int] = []
    while left := [by for by in left if by and not by & {*kept}]:
        counts = {n: sum(n in by for by in left) for n in sorted(set().union(*left))}
        kept.append(max(counts, key=lambda n: counts[n]))
    return sorted(kept)


def written(ways: Mapping[str, Ways]) -> str:
    """The ways of rules of one file, as they are kept."""
    out = []
    for name, told in ways.items():
        out.append(f"{name.rpartition('.')[2]}:")
        for key in ("ends", "fires", "silent"):
            if lines := getattr(told, key):
                out += [f"  {key}:", *(f"    - {_quoted(line)}" for line in lines)]
    return "\n".join(out) + "\n"


def _quoted(line: str) -> str:
    return f'"{line}"' if ": " in line else line


def main() -> None:
    """Print drafts, or with ``--write`` put them where none are yet."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rule", nargs="*", help="whole id, or how it begins; left out: all")
    parser.add_argument("--write", action="store_true", help="add them where a rule has none")
    asked = parser.parse_args()
    kb, have = load(), read_ways()
    engine = Engine(kb)
    for stem in dict.fromkeys(name.rpartition(".")[0] for name in kb.rules):
        rules = [rule for name, rule in kb.rules.items() if name.rpartition(".")[0] == stem]
        new = {
            rule.id: drafted(rule, kb, engine)
            for rule in rules
            if rule.id.startswith(tuple(asked.rule) or "") and not (asked.write and rule.id in have)
        }
        if new and asked.write:
            path = FOLDER / f"{stem.replace('.', '/')}.yml"
            path.parent.mkdir(parents=True, exist_ok=True)
            head = "" if path.exists() else f"# The ways of rules/{stem.replace('.', '/')}.yml.\n"
            with path.open("a", encoding="utf-8") as file:
                file.write(head + written(new))
        elif new:
            print(f"# {stem}\n{written(new)}")


if __name__ == "__main__":
    main()
