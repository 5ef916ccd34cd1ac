"""Forms out and in, an assessment as a Bundle, and what a check finds, typed line by line.

``python -m tests.transcripts.fhir_shown`` writes it anew; read the difference before keeping it.
"""

import contextlib
import io
import json
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from nmt_expert.cli.app import run

HERE = Path(__file__).parent
SHOWN = HERE / "fhir.txt"
TINY = HERE.parent / "kb" / "tiny"
CASE = """\
schema: nmt.case/1
id: ache
client: {code: C-001, age: 41}
complaint: {sites: [{site: temple, side: right}]}
answers:
  - {finding: chest_pressure}
  - {finding: taut_band, site: upper_trapezius, side: both, sure: unsure}
"""
ANSWER = "https://nmt-expert.example/fhir/CodeSystem/answer"
BROKEN = {
    "resourceType": "QuestionnaireResponse",
    "questionnaire": "https://nmt-expert.example/fhir/Questionnaire/intake",
    "status": "completed",
    "item": [
        {"linkId": "chest_presure", "answer": [{"valueBoolean": True}]},
        {"linkId": "chest_pressure", "answer": [{"valueCoding": {"code": "ja"}}]},
        {"linkId": "age", "answer": [{"valueInteger": 200}]},
    ],
}
TYPED = """\
fhir response case.yml
fhir response case.yml -o response.json
fhir import response.json
fhir questionnaire --intake -o intake.json
fhir check intake.json
fhir bundle case.yml -o bundle.json
fhir check bundle.json
fhir check slips.json
fhir import broken.json
fhir import bundle.json
"""


def play(folder: Path) -> str:
    """What a terminal shows when the lines are typed one after another."""
    (folder / "case.yml").write_text(CASE, encoding="utf-8")
    (folder / "broken.json").write_text(json.dumps(BROKEN), encoding="utf-8")
    environ = {
        **{name: str(folder) for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME")},
        "NMT_EXPERT_KB": str(TINY),
        "PATH": os.environ["PATH"],
    }
    here = Path.cwd()
    with mock.patch.dict(os.environ, environ, clear=True), contextlib.ExitStack() as stack:
        stack.callback(os.chdir, here)
        os.chdir(folder)
        return "\n".join(_typed())


def _typed() -> Iterator[str]:
    for line in TYPED.splitlines():
        if "slips.json" in line:
            _make_slips()
        screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        with contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
            code = run(shlex.split(line))
        screen.seek(0)
        shown = re.sub(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "...", screen.read())
        yield f"$ nmt-expert {line}\n{shown}" + (f"[ends with {code}]\n" if code else "")


def _make_slips() -> None:
    """The Bundle with what somebody might change by hand."""
    bundle: dict[str, Any] = json.loads(Path("bundle.json").read_text(encoding="utf-8"))
    request = bundle["entry"][1]["resource"]
    del request["reasonCode"]
    request["intent"] = "order"
    bundle["entry"][2]["resource"]["code"]["coding"][0]["code"] = "acute_cardic"
    Path("slips.json").write_text(json.dumps(bundle), encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        SHOWN.write_text(play(Path(made).resolve()), encoding="utf-8")
    sys.stdout.write(SHOWN.read_text(encoding="utf-8"))
