"""A tiny knowledge base and a reasoner without an engine: questions open by a table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

from nmt_expert.interview import Interview, Reply, Said
from nmt_expert.model.assessment import Referral
from nmt_expert.model.base import Urgency
from nmt_expert.model.case import Answer, AnswerSide, Case
from nmt_expert.model.finding import Finding
from nmt_expert.model.prompt import Instance, Item, Place
from nmt_expert.model.question import Question
from nmt_expert.model.rule import Rule
from nmt_expert.model.site import Site, SiteKind


def finding(name: str, **more: Any) -> Finding:
    given = {
        "id": name,
        "label": name.replace("_", " ").capitalize(),
        "kind": "symptom",
        "asked_of": "client",
        "question": f"Is there {name}?",
        "basis": "proposal",
    }
    return Finding.model_validate(given | more)


def question(name: str, section: str, **more: Any) -> Question:
    given = {
        "id": name,
        "section": section,
        "title": name.replace("_", " ").capitalize(),
        "who": "client",
        "ask": [{"finding": "chest_pressure"}],
        "why": "Because it matters.",
    }
    return Question.model_validate(given | more)


def site(name: str, kind: SiteKind, *, sided: bool = True) -> Site:
    label = name.replace("_", " ").capitalize()
    return Site(id=name, kind=kind, label=label, sided=sided)


FINDINGS = [
    finding("chest_pressure", kind="red_flag", unsure=False, terse="Chest pressure"),
    finding("coughing_blood", kind="red_flag", unsure=False),
    finding("allergy_now", kind="red_flag", unsure=False),
    finding("pain", site="zone", sided="site", question="Where does it hurt?"),
    finding("worse_at_night"),
    finding(
        "age",
        kind="measure",
        normal="none_assumed",
        number={
            "unit": "years",
            "min": 0,
            "max": 120,
            "bands": {"young": [0, 50], "old": [50, 121]},
            "source": "proposal",
            "date": "2026",
        },
    ),
    finding(
        "taut_band",
        kind="palpation",
        site="muscle",
        sided="site",
        asked_of="therapist",
        question="Is there a band in the {site}?",
        help="Strum across the fibres.",
    ),
    finding("spot", kind="palpation", site="muscle", sided="site", asked_of="therapist"),
    finding(
        "length",
        kind="test",
        site="muscle",
        sided="site",
        asked_of="therapist",
        values=["short", "normal", "long"],
        normal="normal",
    ),
    finding("arch_rises", kind="posture", sided=True, asked_of="therapist", normal="present"),
    finding("mood_low"),
    finding("stretching_scope", values=["none", "assisted"], normal="none_assumed"),
]
SITES = [
    site("temple", "zone"),
    site("vertex", "zone", sided=False),
    site("neck", "zone"),
    site("trapezius", "muscle"),
    site("scalenes", "muscle"),
    site("masseter", "muscle"),
]
QUESTIONS = [
    question("right_now", "safety"),
    question("more_on_blood", "safety", follow_up=True),
    question("mood", "safety", private=True),
    question("who", "client"),
    question("where", "complaint", style="chart"),
    question("night", "complaint", together=["$zone"], quick=True),
    question("feel", "palpation", who="therapist"),
    question("tests", "palpation", who="therapist"),
    question("feet", "joint", who="therapist"),
    question("in_session", "safety", on_demand=True, who="therapist"),
]


def sides(name: str) -> tuple[Place, ...]:
    return (Place(site=name, side="left"), Place(site=name, side="right"))


def instance(name: str, *items: Item, **bindings: str) -> Instance:
    bound = ",".join(f"{k}={v}" for k, v in bindings.items())
    full = f"{name}[{bound}]" if bound else name
    return Instance(id=full, question=name, bindings=bindings, items=items)


def plain(name: str) -> Item:
    return Item(finding=name, places=(Place(),))


def sided(name: str, where: str) -> Item:
    return Item(finding=name, places=sides(where), pick_side=True)


CHART = instance(
    "where",
    sided("pain", "temple"),
    Item(finding="pain", places=(Place(site="vertex"),)),
    sided("pain", "neck"),
)


def opened(case: Case) -> list[Instance]:
    """What applies, by hand: follow-ups, muscles by zone, the night question for every zone."""
    present = {(a.finding, a.site) for a in case.answers if a.value == "present"}
    zones = [z for z in ("temple", "vertex", "neck") if ("pain", z) in present]
    made = [instance("right_now", *map(plain, RIGHT_NOW))]
    if ("coughing_blood", None) in present:
        made.append(instance("more_on_blood", plain("worse_at_night")))
    made += [instance("mood", plain("mood_low")), instance("who", plain("age")), CHART]
    if zones:
        places = tuple(place for z in zones for place in _places(z))
        made.append(instance("night", Item(finding="worse_at_night", places=places)))
    for muscle in [m for z, m in MUSCLES.items() if z in zones]:
        made.append(
            instance("feel", *(sided(f, muscle) for f in ("taut_band", "spot")), muscle=muscle)
        )
    for muscle in [m for z, m in MUSCLES.items() if z in zones]:
        made.append(instance("tests", sided("length", muscle), muscle=muscle))
    made.append(instance("feet", Item(finding="arch_rises", places=_feet(), pick_side=True)))
    return [*made, instance("in_session", plain("allergy_now"))]


RIGHT_NOW = ("chest_pressure", "coughing_blood")
MUSCLES = {"temple": "trapezius", "neck": "scalenes"}


def _places(zone: str) -> tuple[Place, ...]:
    return (Place(site=zone),) if zone == "vertex" else sides(zone)


def _feet() -> tuple[Place, ...]:
    return (Place(side="left"), Place(side="right"))


@dataclass
class FakeReasoning:
    instances: tuple[Instance, ...]
    referrals: tuple[Referral, ...] = ()
    factors: tuple[Any, ...] = ()
    firings: tuple[Any, ...] = ()
    case: Case = field(default_factory=Case)
    focus: tuple[Any, ...] = ()
    withheld: tuple[Any, ...] = ()
    cautions: tuple[Any, ...] = ()
    weighed: dict[Any, Any] = field(default_factory=dict)
    ids: dict[Any, str] = field(default_factory=dict)


def reasoned(case: Case) -> FakeReasoning:
    alarms: dict[str, Urgency] = {
        "chest_pressure": "emergency",
        "coughing_blood": "same_day",
        "allergy_now": "emergency",
    }
    present = {a.finding for a in case.answers if a.value == "present"}
    raised = [
        Referral(
            flag=name,
            kind="red_flag",
            urgency=urgency,
            to="ambulance",
            why=("It can be the heart.",),
            say="This needs help now.",
            suppress=("all",),
            firings=(),
        )
        for name, urgency in alarms.items()
        if name in present
    ]
    return FakeReasoning(tuple(opened(case)), tuple(raised), case=case)


def _rule() -> Rule:
    return Rule.model_validate(
        {
            "id": "red_flags.heart.pressure",
            "title": "Pressure on the chest",
            "role": "refer",
            "when": {"finding": "chest_pressure"},
            "then": [
                {
                    "flag": "heart",
                    "kind": "red_flag",
                    "urgency": "emergency",
                    "to": "ambulance",
                    "say": "Now.",
                }
            ],
            "because": "It can be the heart.",
            "limits": "not recorded",
            "grade": "C",
            "basis": "proposal",
            "sources": [{"source": "proposal"}],
            "examples": {"fires": {}, "silent": {}},
            "version": "1",
            "place": "here",
        }
    )


def tiny() -> Any:
    urgency = SimpleNamespace(
        id="emergency",
        label="Emergency",
        call="Call {emergency_number} now.",
        say="Help is coming.",
        do=("Stop.",),
        do_not=("Do not treat.",),
        tell_ambulance="Where you are.",
    )
    return SimpleNamespace(
        findings={f.id: f for f in FINDINGS},
        sites={s.id: s for s in SITES},
        questions={q.id: q for q in QUESTIONS},
        rules={"red_flags.heart.pressure": _rule()},
        relations=(),
        relation_tables={},
        derived={},
        body_chart={},
        flags={},
        factors={},
        urgencies={"emergency": urgency, "same_day": urgency},
        numbers={"gb": SimpleNamespace(emergency="999", crisis=None)},
        plan=SimpleNamespace(complaint_finding="pain", age_finding="age"),
    )


def by_key(answers: tuple[Answer, ...]) -> Mapping[tuple[str, str | None, str | None], Any]:
    return {(a.finding, a.site, a.side): a.value for a in answers}


NONE = Reply()


def answer(interview: Interview, reply: Reply, *, expect: str = "") -> Interview:
    prompt = interview.next_prompt
    assert prompt is not None
    assert prompt.id.startswith(expect), prompt.id
    return interview.replied(prompt, interview.answers(prompt, reply, at="2026-01-01T00:00:00Z"))


def ticked(*keys: str) -> Reply:
    made: dict[str, Said] = {}
    for key in keys:
        name, _, side = key.partition("/")
        made[name] = Said(side=cast(AnswerSide | None, side or None))
    return Reply(made)


def to_palpation(interview: Interview, *zones: str) -> Interview:
    interview = answer(interview, NONE, expect="right_now")
    interview = answer(interview, Reply({"mood_low": Said("absent")}), expect="mood")
    interview = answer(interview, Reply({"age": Said(38)}), expect="who")
    interview = answer(interview, ticked(*zones), expect="where")
    return answer(interview, Reply({}, "unknown"), expect="night")
