"""A knowledge base of three muscles that compete to explain one pain, small enough to try all."""

import shutil
from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path

from nmt_expert.kb import load
from nmt_expert.model.case import Answer, Case, Complaint, ComplaintSite
from nmt_expert.model.knowledge import KnowledgeBase
from tests.conftest import ROOT

MUSCLES = ("pectoralis_major", "rhomboids", "upper_trapezius")
SIGNS = ("taut_band", "soft_throughout", "familiar_pain")
Told = Mapping[tuple[str, str], str]
"""What was answered, by muscle and finding."""

ADDED = {
    "knowledge/findings/all.yml": """
- id: familiar_pain
  label: Familiar pain
  kind: palpation
  site: muscle
  sided: site
  asked_of: therapist
  question: Does pressure on {site} give the pain that the client knows?
  basis: proposal
- id: sweating
  label: Cold sweat
  kind: red_flag
  asked_of: client
  question: Is there a cold sweat?
  unsure: false
  basis: proposal
""",
    "knowledge/interview/all.yml": """
- id: sweat
  section: safety
  title: Sweating
  who: client
  ask_when: {finding: chest_pressure}
  follow_up: true
  ask: [{finding: sweating}]
  why: With pressure in the chest it is urgent at any age.
""",
    "rules/trigger_points/familiar.yml": """
- id: familiar
  title: Pressure gives the pain that the client knows
  role: support
  when: {finding: familiar_pain, site: $muscle, side: $side}
  then:
    - {conclude: active_trigger_point, factor: trigger_points, site: $muscle, side: $side,
       strength: hallmark, group: history}
  because: It is the client's own pain.
  limits: not recorded
  grade: D
  basis: proposal
  sources: [{source: proposal}]
  examples:
    fires: {answers: [{finding: familiar_pain, site: rhomboids, side: right}]}
    silent: {answers: [{finding: familiar_pain, site: rhomboids, side: right, value: absent}]}
""",
    "rules/red_flags/sweat.yml": """
- id: sweat
  title: Pressure in the chest with cold sweat
  role: refer
  when: {all: [{finding: chest_pressure}, {finding: sweating}]}
  then:
    - {flag: heart_attack, kind: red_flag, urgency: emergency, to: ambulance,
       say: This needs an ambulance now., suppress: [all]}
  because: The heart may be in danger.
  limits: not recorded
  grade: not recorded
  basis: proposal
  sources: [{source: proposal}]
  examples:
    fires: {answers: [{finding: chest_pressure}, {finding: sweating}]}
    silent: {answers: [{finding: chest_pressure}, {finding: sweating, value: absent}]}
""",
}


def competing(folder: Path) -> KnowledgeBase:
    """The knowledge base, written to a folder: three muscles refer to the temple."""
    shutil.copytree(ROOT / "tests/kb/tiny", folder)
    for name, text in ADDED.items():
        path = folder / name
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text(before + text.lstrip("\n"), "utf-8")
    _replace(folder / "knowledge/relations/refers_to.yml", "[upper_trapezius]", _list(MUSCLES))
    _replace(
        folder / "knowledge/interview/all.yml",
        "    - {finding: soft_throughout, site: $muscle, side: $side}\n",
        "    - {finding: soft_throughout, site: $muscle, side: $side}\n"
        "    - {finding: familiar_pain, site: $muscle, side: $side}\n",
    )
    return load(folder)


def ways(among: tuple[str, ...]) -> Iterator[dict[tuple[str, str], str]]:
    """Every way to answer all findings of all muscles with one of these."""
    cells = tuple(product(MUSCLES, SIGNS))
    return (dict(zip(cells, values, strict=True)) for values in product(among, repeat=len(cells)))


def client(told: Told, **more: str | float) -> Case:
    """A client with pain in the right temple, whose right muscles were felt as told."""
    felt = [
        Answer(finding=finding, site=muscle, side="right", value=value)
        for (muscle, finding), value in told.items()
        if value != "open"
    ]
    said = [Answer(finding=finding, value=value) for finding, value in more.items()]
    where = Complaint(sites=(ComplaintSite(site="temple", side="right"),))
    return Case(id="settling", complaint=where, answers=(*said, *felt))


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def _list(names: tuple[str, ...]) -> str:
    return f"[{', '.join(names)}]"
