"""A client who has answered as far as the first prompt of a kind, as a case file."""

from pathlib import Path

from nmt_expert.engine import Engine
from nmt_expert.interview import Interview, Prompt
from nmt_expert.interview.replay import Recording
from nmt_expert.kb import read_case
from nmt_expert.model.knowledge import KnowledgeBase
from tests.conftest import ROOT

CASE = ROOT / "examples" / "desk-worker-headache.yml"


def case_so_far(wanted: str, kb: KnowledgeBase, engine: Engine, folder: Path) -> Path:
    """The file: ``--from`` it an interview begins at a prompt whose id begins so, or of that kind.

    What else is open in the sections before it is answered all at once, as the example says.
    """
    recorded = read_case(CASE, kb)
    held, said = Interview.begin(kb, engine, client=recorded.client), Recording(recorded, kb)
    while (prompt := held.next_prompt) and not _is(prompt, wanted):
        for one in held.open:
            if one.question.section == prompt.question.section and not _is(one, wanted):
                held = held.replied(one, held.answers(one, said.reply(one)))
    file = folder / "case.json"
    file.write_text(held.case.model_dump_json(by_alias=True, exclude_none=True), encoding="utf-8")
    return file


def _is(prompt: Prompt, wanted: str) -> bool:
    return wanted == prompt.kind or prompt.id.startswith(wanted)
