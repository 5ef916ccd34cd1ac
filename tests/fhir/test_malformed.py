"""However a form was damaged, it becomes a case or is refused with sentences, and nothing else."""

import json
import random
from copy import deepcopy
from typing import Any

from nmt_expert.fhir.checks import faults_in
from nmt_expert.fhir.form import form_of
from nmt_expert.fhir.reading import case_in
from nmt_expert.fhir.response import response
from nmt_expert.kb import read_case_text
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase

TRIES = 150
ODD = (None, True, -1, 10**400, 0.5, "", "\u202e", "x" * 3000, "2026-13-40", [], {}, [[]], [{}],
       {"valueCoding": []}, {"linkId": 3})  # fmt: skip
CASE = """
schema: nmt.case/1
id: malformed
client: {code: C-1, age: 44, sex: female}
visit: {date: "2026-11-20"}
complaint: {text: Ache, sites: [{site: temple, side: both}, {site: neck_posterior, side: left}]}
answers:
  - {finding: taut_band, site: upper_trapezius, side: both, sure: unsure, note: felt twice}
  - {finding: pain_intensity, value: 6}
  - {finding: jaw_opening_mm, value: not_examined}
activities: [{activity: Carry flour, score: 3}]
"""


def spots(value: Any) -> list[tuple[Any, Any]]:
    """Every container and key within a resource."""
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    found = [(value, key) for key in keys]
    return found + [s for _, key in found if isinstance(value[key], dict | list)
                    for s in spots(value[key])]  # fmt: skip


def damaged(resource: Any, chance: random.Random) -> Any:
    """The same with one to three things changed, taken away or doubled."""
    changed = deepcopy(resource)
    for _ in range(chance.randint(1, 3)):
        holder, key = chance.choice(spots(changed))
        match chance.randint(0, 3):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, list):
                holder.append(deepcopy(holder[key]))
            case 2:
                _, other = chance.choice(spots(changed))
                holder[key] = other
            case _:
                holder[key] = deepcopy(chance.choice(ODD))
    return changed


def test_a_damaged_form_is_read_or_refused_and_a_refusal_has_its_place(kb):
    sound = json.loads(json.dumps(response(read_case_text(CASE, "case.yml", kb), form_of(kb))))
    chance = random.Random(1)
    refused = [why for _ in range(TRIES) if (why := refusal(damaged(sound, chance), kb))]
    assert all(fault.place.startswith("r.json") and fault.says for f in refused for fault in f)
    assert TRIES / 3 < len(refused) < TRIES


def refusal(form: Any, kb: KnowledgeBase) -> list[Fault]:
    """Why a form is refused; none where it becomes a case. A check says the same."""
    faults = faults_in(form, "r.json", kb)
    try:
        case_in(form, "r.json", kb)
    except InputInvalid:
        return faults or [Fault("", "refused, and the check finds nothing")]
    return []
