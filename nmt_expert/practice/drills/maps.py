"""Zone to muscle, and muscle to zone: from the referral maps."""

from nmt_expert.model.rule import RelationCondition, atoms
from nmt_expert.model.site import Relation
from nmt_expert.practice.drills.item import DrillKind, Item
from nmt_expert.practice.drills.material import Material

MAP = "refers_to"
USUAL = "essential"
OPTIONS = 4


def muscle_item(made: Material, id: str) -> Item:
    """Pain at a zone: which muscle usually refers there?"""
    pairs = _usual(made)
    pair = made.chance.choice(pairs)
    never = {one.from_ for one in pairs} - _linked(made, pair.to, end=True)
    asks = f"Pain here: {made.kb.label(pair.to)}. Which of these muscles usually refers there?"
    return _item(made, id, "muscle", asks, pair, pair.from_, never)


def zone_item(made: Material, id: str) -> Item:
    """A muscle: which zone does it usually refer to?"""
    pairs = _usual(made)
    pair = made.chance.choice(pairs)
    never = {one.to for one in pairs} - _linked(made, pair.from_, end=False)
    asks = f"{made.kb.label(pair.from_)}: where does it usually refer?"
    return _item(made, id, "zone", asks, pair, pair.to, never)


def _usual(made: Material) -> list[Relation]:
    return [one for one in made.kb.relations if (one.relation, one.kind) == (MAP, USUAL)]


def _linked(made: Material, site: str, *, end: bool) -> set[str]:
    """Whatever any relation joins to a site: no wrong answer, even where it is not the usual."""
    if end:
        return {one.from_ for one in made.kb.relations if one.to == site}
    return {one.to for one in made.kb.relations if one.from_ == site}


def _item(
    made: Material, id: str, kind: DrillKind, asks: str, pair: Relation, right: str, never: set[str]
) -> Item:
    others = made.chance.sample(sorted(never - {right}), OPTIONS - 1)
    options = [right, *others]
    made.chance.shuffle(options)
    muscle, zone = made.kb.label(pair.from_), made.kb.label(pair.to)
    return Item(
        id=id,
        kind=kind,
        stem=(),
        asks=asks,
        options=tuple(made.kb.label(one) for one in options),
        credit=tuple(float(one == right) for one in options),
        because=(f"{muscle} usually refers to: {zone}.", *_sources(made, pair)),
        rules=_by_the_map(made),
        topic="trigger_points",
    )


def _sources(made: Material, pair: Relation) -> tuple[str, ...]:
    """Who draws it so."""
    rows = made.kb.relation_tables[pair.relation].rows
    keys = [
        key
        for row in rows
        if pair.from_ in row.from_ and pair.to in row.to and row.kind == pair.kind
        for key in row.sources
    ]
    return (f"Sources: {', '.join(dict.fromkeys(keys))}.",) if keys else ()


def _by_the_map(made: Material) -> tuple[str, ...]:
    """The rule that opens palpation by the usual map."""
    return tuple(
        rule.id
        for rule in made.rules("candidate")
        if any(
            isinstance(atom, RelationCondition) and (atom.relation, atom.kind) == (MAP, USUAL)
            for atom in atoms(rule.when)
        )
    )[:1]
