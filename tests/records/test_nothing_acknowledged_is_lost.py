"""A killed program loses at most the answer being written, never one that was acknowledged."""

from pathlib import Path

import pytest

from nmt_expert.records import InterviewId, open_store

APPEND = """
import itertools, sys, pathlib
from nmt_expert.model.case import Answer, Client
from nmt_expert.records import open_store
store = open_store(pathlib.Path(sys.argv[1]))
at = "2026-11-20T10:00:00Z"
interview = store.start(Client(), quick=True, kb_version="1", kb_sha256="1", at=at)
print(interview, flush=True)
for n in itertools.count():
    answers = [Answer(finding=f"f{n}", note="x" * 500)]
    print(store.append(interview, answers, prompt=f"p{n}", at=at), flush=True)
"""


@pytest.mark.parametrize("answers", [1, 20, 80])
def test_every_answer_that_was_acknowledged_before_a_kill_is_there(
    folder: Path, child, answers: int
) -> None:
    program = child(APPEND, folder)
    interview = InterviewId(program.stdout.readline().strip())
    for _ in range(answers):
        program.stdout.readline()
    program.kill()
    rest = program.stdout.read().split()  # communicate would pass by what is buffered already
    acknowledged = answers + len(rest)
    with open_store(folder) as store:
        kept = store.state(interview)
        assert len(kept.answers) in (acknowledged, acknowledged + 1)
        assert kept.answers[acknowledged - 1].finding == f"f{acknowledged - 1}"
        assert store.verify() == ()
        store.append(interview, [], prompt="resumed", at="2026-11-20T11:00:00Z")
