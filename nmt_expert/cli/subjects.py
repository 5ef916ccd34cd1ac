"""What a command is about: a case file, an assessment saved as JSON, or an interview by its id."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli.setup import Setup
from nmt_expert.model.errors import Fault, InputInvalid, StoreProblem

if TYPE_CHECKING:
    from nmt_expert.assessment.subject import Subject
    from nmt_expert.engine import Engine
    from nmt_expert.records import Store

SubjectName = Annotated[
    str,
    typer.Argument(
        metavar="FILE|ID",
        help="A case file (- is standard input), an assessment saved as JSON, or an interview.",
    ),
]


class Subjects:
    """Opens subjects with one knowledge base and, once it is needed, one engine."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._engine: Engine | None = None

    def open(self, name: str) -> "Subject":
        """The case or assessment of this name.

        Raises:
            InputInvalid: the file is neither, or holds several.
            StoreProblem: there is no such interview, or it is not finished.
        """
        from nmt_expert.cli.cases import STANDARD_INPUT

        path = Path(name)
        if name != STANDARD_INPUT and not path.exists() and not path.suffix:
            return self._kept(name)
        return self._of_file(name)

    def newest(self) -> "Subject":
        """The finished interview that is newest.

        Raises:
            StoreProblem: there is none.
        """
        from nmt_expert.cli.opening import opened

        with opened(self._setup) as store:
            newest = store.latest()
            if newest is None:
                raise StoreProblem(
                    "There is no finished interview in the record store. "
                    "Name a case file, or hold an interview first: nmt-expert interview."
                )
            return self._frozen(store, newest.id)

    def _kept(self, interview: str) -> "Subject":
        from nmt_expert.cli.opening import opened

        with opened(self._setup) as store:
            return self._frozen(store, interview)

    def _frozen(self, store: "Store", interview: str) -> "Subject":
        """A finished interview, with the person's own view of it."""
        from nmt_expert.assessment.subject import Subject
        from nmt_expert.records import InterviewId

        frozen = store.assessment(InterviewId(interview))
        own = store.state(InterviewId(interview)).impression
        return Subject(frozen.case, self._setup.kb, self._built, frozen, own)

    def _of_file(self, name: str) -> "Subject":
        from nmt_expert.assessment.subject import Subject
        from nmt_expert.cli.cases import STANDARD_INPUT, read_one
        from nmt_expert.cli.saved import saved_assessments

        kb = self._setup.kb
        saved = None if name == STANDARD_INPUT else saved_assessments(Path(name))
        if saved is None:
            return Subject(read_one(name, kb), kb, self._built)
        if len(saved) > 1:
            says = f"it holds {len(saved)} assessments"
            raise InputInvalid(
                [Fault(name, says, "Nothing was asked.", "Keep one assessment a file.")]
            )
        return Subject(saved[0].case, kb, self._built, saved[0])

    def _built(self) -> "Engine":
        if self._engine is None:
            self._engine = self._setup.engine()
        return self._engine
