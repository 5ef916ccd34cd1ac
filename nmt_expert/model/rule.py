"""The rule language: a closed set of conditions and of things a rule may conclude."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from nmt_expert.model.base import Basis, Grade, Id, Record, SourceKey, Strength, Text, Urgency

SiteTerm = Annotated[str, Field(pattern=r"^(\$[a-z]+|[a-z][a-z0-9_]*)$")]
"""A site id, or a variable such as ``$muscle``."""

SideTerm = Literal["$side", "$other", "any", "left", "right"]


class FindingCondition(Record):
    """A finding is known to have one of the given values (present when left out)."""

    finding: Id
    site: SiteTerm | None = None
    side: SideTerm = "any"
    value: Id | None = None
    in_: tuple[Id, ...] = Field(default=(), alias="in")

    @property
    def wanted(self) -> tuple[str, ...]:
        """The values that meet the condition."""
        return self.in_ or (self.value or "present",)


class RelationCondition(Record):
    """A relation of the anatomy holds; ``side: other`` asks for rows that cross the mid-line."""

    relation: Id
    from_: SiteTerm = Field(alias="from")
    to: SiteTerm
    kind: Id | None = None
    side: Literal["same", "other"] = "same"


class CandidateCondition(Record):
    """A candidate rule has drawn this already."""

    candidate: Id
    site: SiteTerm
    side: SideTerm = "any"


class BandCondition(Record):
    """A weighed conclusion stands at least this well; in focus and advise rules only."""

    band: Id
    site: SiteTerm
    side: SideTerm = "any"
    at_least: Literal["weak", "moderate", "strong"]


class All(Record):
    """Every part is met."""

    all: tuple["Condition", ...] = Field(min_length=1)


class Any_(Record):
    """One part is met."""

    any: tuple["Condition", ...] = Field(min_length=1)


class Counted(Record):
    """How many alternatives must hold for the same binding of all variables."""

    count: Annotated[int, Field(ge=1)]
    of: tuple["Condition", ...] = Field(min_length=1)


class AtLeast(Record):
    """A count of the parts is met."""

    at_least: Counted


def _by_key(*keys: str) -> Discriminator:
    """The shapes of a union told apart by the one key that each has; the last needs no look."""
    *first, last = keys

    def key_of(value: Any) -> str:
        held = value if isinstance(value, dict) else getattr(value, "__dict__", {})
        return next((key for key in first if key in held), last)

    return Discriminator(key_of)


Condition = Annotated[
    Annotated[FindingCondition, Tag("finding")]
    | Annotated[RelationCondition, Tag("relation")]
    | Annotated[CandidateCondition, Tag("candidate")]
    | Annotated[BandCondition, Tag("band")]
    | Annotated[All, Tag("all")]
    | Annotated[Any_, Tag("any")]
    | Annotated[AtLeast, Tag("at_least")],
    _by_key("finding", "relation", "candidate", "band", "all", "any", "at_least"),
]
Atom = FindingCondition | RelationCondition | CandidateCondition | BandCondition


PlacedCondition = FindingCondition | CandidateCondition | BandCondition
Connective = All | Any_ | AtLeast


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside a connective; empty for an atom."""
    match condition:
        case All(all=parts) | Any_(any=parts):
            return parts
        case AtLeast(at_least=counted):
            return counted.of
    return ()


def holds(condition: Condition, met: Callable[[Atom], bool]) -> bool:
    """Whether a condition is met, where ``met`` says so of the atomic ones."""
    match condition:
        case All(all=parts):
            return all(holds(part, met) for part in parts)
        case Any_(any=parts):
            return any(holds(part, met) for part in parts)
        case AtLeast(at_least=counted):
            return sum(holds(part, met) for part in counted.of) >= counted.count
    return met(condition)


def atoms(condition: Condition) -> Iterator[Atom]:
    """Every atomic condition, in written order."""
    if isinstance(condition, Connective):
        for part in parts_of(condition):
            yield from atoms(part)
    else:
        yield condition


class Refer(Record):
    """A referral: to whom, how urgently, what to say, and what treatment output it suppresses."""

    flag: Id
    kind: Literal["red_flag", "perpetuating_factor", "finding"]
    urgency: Urgency
    to: Text
    say: Text
    suppress: tuple[Id, ...] = ()
    hold: Text | None = None


class Caution(Record):
    """What to change in the treatment: nothing today, not here, or differently."""

    caution: Id
    scope: Literal["absolute", "local", "modify"]
    site: tuple[Id, ...] = ()
    say: Text
    bans: tuple[Id, ...] = ()


class Candidate(Record):
    """Something worth asking about next."""

    candidate: Id
    site: SiteTerm
    side: SideTerm | None = None


class Conclude(Record):
    """Evidence for (support) or against (oppose) a conclusion, counted once within its group."""

    conclude: Id
    factor: Id
    site: SiteTerm
    side: SideTerm | None = None
    strength: Strength
    group: Id
    ceiling: Literal["weak", "moderate"] | None = None


class Treat(Record):
    """One line of the plan; without a site it concerns the whole session."""

    treat: Text
    site: SiteTerm | None = None
    side: SideTerm | None = None
    technique: tuple[Id, ...]
    dose: Text | None = None
    order: Annotated[int, Field(ge=0, le=9)]
    distant: bool = False
    bans: tuple[Id, ...] = ()


class Advise(Record):
    """Advice to the client or therapist; with ``to`` it is a routine referral of kind finding."""

    advice: Id
    say: Text
    to: Text | None = None


Outcome = Annotated[
    Annotated[Refer, Tag("flag")]
    | Annotated[Caution, Tag("caution")]
    | Annotated[Candidate, Tag("candidate")]
    | Annotated[Conclude, Tag("conclude")]
    | Annotated[Treat, Tag("treat")]
    | Annotated[Advise, Tag("advice")],
    _by_key("flag", "caution", "candidate", "conclude", "treat", "advice"),
]

Role = Literal["refer", "caution", "candidate", "support", "oppose", "focus", "advise"]
OUTCOME_OF_ROLE: dict[Role, type[Record]] = {
    "refer": Refer,
    "caution": Caution,
    "candidate": Candidate,
    "support": Conclude,
    "oppose": Conclude,
    "focus": Treat,
    "advise": Advise,
}
Stratum = Literal["screen", "candidate", "evidence", "plan"]
STRATA: tuple[Stratum, ...] = ("screen", "candidate", "evidence", "plan")
STRATUM_OF_ROLE: dict[Role, Stratum] = {
    "refer": "screen",
    "caution": "screen",
    "candidate": "candidate",
    "support": "evidence",
    "oppose": "evidence",
    "focus": "plan",
    "advise": "plan",
}


class Citation(Record):
    """Who says so, where it was read, and whether it was read at all."""

    source: SourceKey
    locator: Text = "not recorded"
    says: Text | None = None
    recalled: bool = False


class ExampleAnswer(Record):
    """One answer of a rule's example, in the shape of a case file."""

    finding: Id
    site: Id | None = None
    side: Literal["left", "right", "both"] | None = None
    value: Id | int | float = "present"


class Given(Record):
    """A candidate or a band that an example takes as already drawn."""

    candidate: Id | None = None
    band: Id | None = None
    site: Id
    side: Literal["left", "right"] | None = None
    at_least: Literal["weak", "moderate", "strong"] | None = None


class Example(Record):
    """A smallest client: what is given and what was answered."""

    given: tuple[Given, ...] = ()
    answers: tuple[ExampleAnswer, ...] = ()


class Examples(Record):
    """The case that fires a rule and the near miss that does not."""

    fires: Example
    silent: Example


class RuleBody(Record):
    """What a rule says, however its review stands."""

    id: Id
    title: Text
    role: Role
    when: Condition
    then: tuple[Outcome, ...] = Field(min_length=1)
    because: Text
    limits: Text
    grade: Grade
    basis: Basis
    sources: tuple[Citation, ...] = Field(min_length=1)
    examples: Examples


class RuleText(RuleBody):
    """A rule as it is written in a file; its full id adds the folder and the file."""

    status: Literal["draft", "retired"] = "draft"


class Rule(RuleBody):
    """A rule of the knowledge base: its full id, its version (hash of its text), its place.

    It is ``reviewed`` while a signature in the reviews file names this very version.
    """

    id: str
    status: Literal["draft", "reviewed", "retired"] = "draft"
    version: str
    place: str

    @property
    def stratum(self) -> Stratum:
        """When it may fire."""
        return STRATUM_OF_ROLE[self.role]
