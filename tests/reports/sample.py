"""A hand-made assessment over a hand-made scrap of knowledge, so that reports are tested alone."""

from typing import Any

from nmt_expert.model.assessment import (
    Advice,
    Assessment,
    CautionLine,
    Closure,
    Conclusion,
    FactorStanding,
    Firing,
    Focus,
    FocusClosure,
    Input,
    Met,
    NextQuestion,
    NotCleared,
    PerpetuatingClosure,
    Reason,
    RedFlagClosure,
    Referral,
    Undecided,
    Withheld,
)
from nmt_expert.model.case import Case, Client, Complaint, ComplaintSite, Visit
from nmt_expert.model.finding import Finding
from nmt_expert.model.knowledge import (
    Certainty,
    ConclusionKind,
    CountryNumbers,
    Factor,
    Flag,
    KnowledgeBase,
    PlanRules,
    Source,
    Technique,
    UnexplainedReferral,
    UrgencyText,
)
from nmt_expert.model.rule import Rule
from nmt_expert.model.site import Site

FACTORS = {
    "ischemia": "Ischemia",
    "trigger_points": "Trigger points",
    "nerve_entrapment": "Nerve entrapment",
    "postural_distortion": "Postural distortion",
    "biomechanical_dysfunction": "Biomechanical dysfunction",
}
SITES = {
    "temple": "zone",
    "upper_trapezius": "muscle",
    "pectoralis_minor": "muscle",
    "chest": "region",
}


def rule(name: str, then: dict[str, Any], role: str = "support", **changed: Any) -> Rule:
    written = {
        "id": name,
        "title": f"Title of {name}",
        "role": role,
        "status": "draft",
        "when": {"finding": "taut_band", "site": "$muscle", "side": "$side"},
        "then": [then],
        "because": f"Reason of {name}.",
        "limits": f"Limits of {name}.",
        "grade": "C",
        "basis": "read",
        "sources": [{"source": "delphi", "locator": "abstract", "says": "Three criteria."}],
        "examples": {"fires": {}, "silent": {}},
        "version": "abc123",
        "place": "rules/x.yml:1",
    }
    return Rule.model_validate(written | changed)


def support(name: str, **changed: Any) -> Rule:
    then = {
        "conclude": "active_trigger_point",
        "factor": "trigger_points",
        "site": "$muscle",
        "side": "$side",
        "strength": "strong",
        "group": "palpation",
    }
    return rule(name, then, **changed)


def rules() -> dict[str, Rule]:
    refer = {
        "flag": "cauda_equina",
        "kind": "red_flag",
        "urgency": "emergency",
        "to": "emergency department",
        "say": "Hospital now.",
        "suppress": ["all"],
    }
    treat = {"treat": "Ease and press", "technique": ["compression"], "order": 4}
    found = [
        support("tp.core"),
        support("tp.map", basis="recalled", grade="X"),
        rule("flags.saddle", refer, role="refer"),
        rule("focus.active", treat, role="focus", basis="tradition"),
    ]
    return {one.id: one for one in found}


def finding(id: str, label: str, **changed: Any) -> Finding:
    written = {
        "id": id,
        "label": label,
        "kind": "palpation",
        "site": "muscle",
        "sided": "site",
        "asked_of": "therapist",
        "question": f"{label}?",
        "basis": "read",
    }
    return Finding.model_validate(written | changed)


def knowledge_base() -> KnowledgeBase:
    source = Source(id="delphi", citation="Delphi study 2018.", read="abstract")
    return KnowledgeBase(
        version="test",
        sha256="0" * 64,
        sources={"delphi": source},
        sites={
            id: Site.model_validate(
                {
                    "id": id,
                    "kind": kind,
                    "label": id.replace("_", " ").capitalize(),
                    "sided": kind != "region",
                }
            )
            for id, kind in SITES.items()
        },
        relation_tables={},
        relations=(),
        findings={
            "taut_band": finding("taut_band", "Taut band"),
            "saddle_numbness": finding("saddle_numbness", "Saddle numbness", kind="red_flag"),
        },
        factors={id: Factor(id=id, label=label, means=label) for id, label in FACTORS.items()},
        conclusions={
            "active_trigger_point": ConclusionKind(
                id="active_trigger_point",
                label="Active trigger point",
                factor="trigger_points",
                site="muscle",
                means="A tender spot.",
            )
        },
        flags={
            "cauda_equina": Flag(
                id="cauda_equina",
                kind="red_flag",
                label="Possible pressure on nerves",
                do_not=("wait until tomorrow",),
                tell_ambulance="When it began.",
            ),
            "fever": Flag(id="fever", kind="caution", label="Fever"),
            "sleep": Flag(id="sleep", kind="perpetuating_factor", label="Poor sleep"),
        },
        urgencies={
            "emergency": UrgencyText(
                id="emergency",
                label="Emergency now",
                rank=0,
                call="Call {emergency_number}.",
                say="I am calling for help.",
                do=("Stop the session.",),
                do_not=("Do not treat.",),
                basis="proposal",
            )
        },
        techniques={
            "compression": Technique(
                id="compression",
                label="Pressure release",
                what="Press.",
                dose="30 s",
                grade="X",
                basis="read",
            )
        },
        numbers={
            "gb": CountryNumbers(
                id="gb", label="United Kingdom", emergency="999", source="A list of numbers"
            )
        },
        certainty=Certainty(
            strengths={}, bands={}, unsure_steps={}, explained_by=(), limits="not recorded"
        ),
        plan=PlanRules(
            complaint_finding="pain",
            age_finding="age",
            clearance_group="clearance_muscles",
            cleared_by="cleared_for_touch",
            licence_finding="stretching_scope",
            licence_order=(),
            licence_unanswered="none",
            unexplained=UnexplainedReferral(
                flag="unexplained_complaint",
                to="physician",
                say="Look further.",
                because="Nothing fits.",
            ),
        ),
        rules=rules(),
        questions={},
    )


def firing(n: int, name: str, *by: str) -> Firing:
    return Firing(
        n=n,
        stratum="evidence",
        rule=name,
        rule_version="abc123",
        bindings={"muscle": "upper_trapezius", "side": "right"},
        met=(Met(condition="Taut band present: Upper trapezius, right", by=by),),
        produced=("active_trigger_point:upper_trapezius:right",),
    )


def given(id: str, finding: str, value: str = "present", **changed: Any) -> Input:
    written = {
        "id": id,
        "finding": finding,
        "site": None,
        "side": None,
        "value": value,
        "sure": "sure",
        "note": None,
        "question": "palpation",
        "parked": False,
    }
    return Input.model_validate(written | changed)


def emergency() -> Referral:
    return Referral(
        flag="cauda_equina",
        kind="red_flag",
        urgency="emergency",
        to="emergency department",
        why=("A single sign is enough.",),
        say="Hospital now.",
        suppress=("all",),
        firings=(3,),
    )


def poor_sleep(urgency: str = "routine") -> Referral:
    return Referral.model_validate(
        {
            "flag": "sleep",
            "kind": "perpetuating_factor",
            "urgency": urgency,
            "to": "physician",
            "why": ("Poor sleep keeps pain going.",),
            "say": "Ask about sleep.",
            "suppress": (),
            "firings": (),
        }
    )


def fever() -> CautionLine:
    return CautionLine(
        caution="fever", scope="absolute", site=(), why="Rebook.", bans=("all",), firings=()
    )


def not_cleared(
    urgency: str = "emergency", lacks: tuple[str, ...] = ("saddle_numbness",)
) -> NotCleared:
    return NotCleared.model_validate({"flag": "cauda_equina", "urgency": urgency, "lacks": lacks})


def trigger_point() -> Conclusion:
    def reason(firing: int, rule: str, strength: str, counts: bool) -> Reason:
        return Reason(firing=firing, rule=rule, group="g", strength=strength, counts=counts)

    return Conclusion.model_validate(
        {
            "id": "active_trigger_point:upper_trapezius:right",
            "conclude": "active_trigger_point",
            "factor": "trigger_points",
            "site": "upper_trapezius",
            "side": "right",
            "band": "moderate",
            "certainty": "0.600",
            "for": (reason(1, "tp.core", "strong", True),),
            "against": (reason(2, "tp.map", "weak", True),),
            "missing": (),
            "explains": ("temple:right",),
        }
    )


def focus(**changed: Any) -> Focus:
    written = {
        "order": 4,
        "site": "upper_trapezius",
        "region": (),
        "side": "right",
        "treat": "Ease and press",
        "technique": ("compression",),
        "dose": "30 to 60 s",
        "because": (),
        "cautions": (),
        "distant": False,
        "firings": (4,),
    }
    return Focus.model_validate(written | changed)


def withheld() -> Withheld:
    return Withheld(focus=focus(), reason="Referred first.", by="cauda_equina")


def assessment(**changed: Any) -> Assessment:
    """A right temple headache from the upper trapezius; change any field by name."""
    standings = tuple(
        FactorStanding(
            factor=factor,
            rank=rank,
            band="moderate" if factor == "trigger_points" else "not_supported",
            certainty="0.600" if factor == "trigger_points" else "0.000",
            explains=("temple:right",) if factor == "trigger_points" else (),
            conclusions=("active_trigger_point:upper_trapezius:right",)
            if factor == "trigger_points"
            else (),
        )
        for rank, factor in enumerate(
            ["trigger_points", *(f for f in FACTORS if f != "trigger_points")], start=1
        )
    )
    fields: dict[str, Any] = {
        "case": Case(
            id="sample",
            client=Client(code="C-1", age=38),
            visit=Visit(),
            complaint=Complaint(
                text="Headache", sites=(ComplaintSite(site="temple", side="right"),)
            ),
        ),
        "knowledge_base": knowledge_base().summary(),
        "factors": standings,
        "conclusions": (trigger_point(),),
        "focus": (focus(),),
        "withheld": (),
        "referrals": (),
        "not_cleared": (),
        "cautions": (),
        "advice": (Advice(advice="breaks", say="Take breaks.", to=None, firings=()),),
        "unexplained": (),
        "undecided": (Undecided(rule="tp.map", draws=(), lacks=("saddle_numbness",)),),
        "next_questions": (
            NextQuestion(
                question="palpation",
                title="Palpation",
                bindings={"muscle": "upper_trapezius", "side": "right"},
                decides=(),
            ),
        ),
        "closure": Closure(
            may_stop=False,
            red_flags=RedFlagClosure(all_asked=False, open=("saddle_numbness",)),
            focus=FocusClosure(
                settled=False,
                leading=(),
                could_change=("active_trigger_point:upper_trapezius:right",),
            ),
            perpetuating=PerpetuatingClosure(covered=True, open=()),
        ),
        "firings": (
            firing(1, "tp.core", "a1"),
            firing(2, "tp.map", "a1"),
            firing(3, "flags.saddle", "a2"),
            firing(4, "focus.active", "active_trigger_point:upper_trapezius:right"),
        ),
        "inputs": (
            given("a1", "taut_band", site="upper_trapezius", side="right"),
            given("a2", "saddle_numbness", "unknown"),
        ),
    }
    return Assessment.model_validate(fields | changed)
