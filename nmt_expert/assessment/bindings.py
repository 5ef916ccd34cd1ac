"""What the tokens of the engine say of a rule's variables, and of the relations between places."""

from collections.abc import Iterable

from nmt_expert.engine import LinkToken, Token
from nmt_expert.model.rule import Atom, RelationCondition


def link(token: LinkToken) -> str:
    """A relation of the anatomy, by ids: ``upper_trapezius refers_to temple``."""
    return f"{token.start} {token.relation} {token.end}"


def bound_by(atom: Atom, tokens: Iterable[Token], bindings: dict[str, str]) -> dict[str, str]:
    """``bindings`` with the variables of ``atom`` that every token fills alike."""
    found = dict(bindings)
    for name, values in _filled(atom, tokens).items():
        if len(values) == 1:
            found.setdefault(name, next(iter(values)))
    return found


def _filled(atom: Atom, tokens: Iterable[Token]) -> dict[str, set[str]]:
    filled: dict[str, set[str]] = {}
    for token in tokens:
        if isinstance(atom, RelationCondition) and isinstance(token, LinkToken):
            pairs = [(atom.from_, token.start), (atom.to, token.end)]
        elif not isinstance(atom, RelationCondition) and not isinstance(token, LinkToken):
            pairs = [(atom.site or "", token.site)]
        else:
            continue
        for name, value in pairs:
            if name.startswith("$"):
                filled.setdefault(name, set()).add(value)
    return filled
