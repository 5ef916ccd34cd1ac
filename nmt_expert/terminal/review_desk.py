"""A supervisor with a record or attempt: leafs through it, says what to think of it, signs."""

from collections.abc import Callable
from typing import cast

from nmt_expert.model.base import URGENCIES
from nmt_expert.model.errors import InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.review import Kind, Verdict
from nmt_expert.model.words import URGENCY_WORDS
from nmt_expert.practice.remarks import VERDICTS
from nmt_expert.records import InterviewId, Reviews
from nmt_expert.records.attempt_reviews import AttemptReviews
from nmt_expert.reports.books import book_of
from nmt_expert.reports.trace_book import TraceBook
from nmt_expert.review.queue import Review, Reviewed
from nmt_expert.review.remarks import Remark, checked, reasons_for
from nmt_expert.review.subjects import Subject
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.keyboard import Keyboard
from nmt_expert.terminal.streams import Streams
from nmt_expert.terminal.trace_board import Act, TraceBoard
from nmt_expert.terminal.trace_panel import TracePanel

BACK = Choice("", "Go back: say nothing")
LETTERS = r".*[^\W\d_].*"
INSTEAD: dict[Kind, str] = {
    "focus": "Where instead, as SITE:SIDE (enter alone: nowhere):",
    "conclusion": "What instead, as NAME:SITE:SIDE (enter alone: nothing):",
}
LOCKED = "It is signed, and so locked. To open it: nmt-expert review amend {id} --why TEXT"


class ReviewDesk:
    """One record or attempt on the screen until the supervisor leaves it.

    ``keep_case`` writes the overrides of a record as a case file and says what came of it; with
    ``blind`` nobody else's remarks are shown.
    """

    def __init__(
        self,
        reviews: Reviews | AttemptReviews,
        record: InterviewId,
        kb: KnowledgeBase,
        streams: Streams,
        now: Callable[[], str],
        keep_case: Callable[[Review, str], str],
        name: str = "",
        qualification: str = "",
        blind: bool = False,
    ) -> None:
        self._reviews = reviews
        self._record = record
        self._kb = kb
        self._streams = streams
        self._asker: Asker = Keyboard(streams)
        self._now = now
        self._keep_case = keep_case
        self._name = name
        self._qualification = qualification
        self._blind = blind

    def hold(self) -> None:
        """Show the record, and do what is asked, until it is left.

        Raises:
            NeedsTerminal: there is nobody to show it to.
        """
        self._streams.need_terminal()
        with self._streams.session():
            board = TraceBoard(self._book())
            while (act := TracePanel(board, self._streams.depth).run()).kind != "leave":
                board.message = self._done(act)
                board.turn_to(self._book())

    def _book(self) -> TraceBook:
        return book_of(self._review(), self._kb)

    def _review(self) -> Reviewed:
        review: Reviewed = self._reviews.one(self._record)
        return review.as_seen_by(self._name) if self._blind else review

    def _done(self, act: Act) -> str:
        """Do it, and say so."""
        if self._review().is_locked:
            return LOCKED.format(id=self._record)
        return self._sign() if act.kind == "sign" else self._remark(act)

    def _remark(self, act: Act) -> str:
        subject = next(one for one in self._review().subjects if one.key == act.about)
        verdict = cast(Verdict, act.kind)
        remark = asked_remark(self._asker, subject, verdict, self._kb)
        if remark is None:
            return "Nothing was remarked."
        try:
            remark = checked(remark, subject, self._kb)
        except InputInvalid as error:
            return str(error.faults[0])
        self._reviews.remark(self._record, remark, at=self._now(), by=self._who())
        return self._case() if verdict == "override" else "Remarked."

    def _case(self) -> str:
        review = self._review()
        if not isinstance(review, Review):  # nothing of a practice case becomes a test of the rules
            return "Remarked."
        path = self._asker.write("A case file that fails until it is mended (enter alone: none):")
        return self._keep_case(review, path) if path else "Remarked."

    def _sign(self) -> str:
        review = self._review()
        left = [one for one in review.subjects if one.key not in review.remarks]
        silent = f" You said nothing of {len(left)} of {len(review.subjects)}." if left else ""
        asked = f"Sign {self._record}? It is locked then.{silent}"
        if self._asker.choose(asked, (BACK, Choice("sign", "Sign it"))) != "sign":
            return "It was not signed."
        name = self._who()
        if not self._qualification:
            self._qualification = self._needed("Your qualification:")
        signed = self._reviews.sign(
            self._record, name=name, qualification=self._qualification, at=self._now()
        )
        return f"Signed; the seal is {signed.sha256[:16]}."

    def _who(self) -> str:
        if not self._name:
            self._name = self._needed("Your name, as it stands under the review:")
        return self._name

    def _needed(self, question: str) -> str:
        return self._asker.write(question, pattern=LETTERS, wrong="It needs letters.")


def asked_remark(
    asker: Asker, subject: Subject, verdict: Verdict, kb: KnowledgeBase
) -> Remark | None:
    """Ask for the reason, the words, and what holds instead; None when nothing is to be said."""
    if verdict == "agree":
        return Remark(about=subject.key, verdict=verdict)
    told = subject.words(kb).rstrip(".")
    codes = reasons_for(subject.kind, kb)
    listed = tuple(Choice(code, kb.review_reasons[code].label) for code in codes)
    reason = asker.choose(f"{told}: why?", (BACK, *listed))
    if not reason:
        return None
    said = asker.write("In your words:")
    instead = _instead(asker, subject) if verdict == "override" else ""
    return Remark(
        about=subject.key,
        verdict=verdict,
        reason=reason,
        words=said or None,
        instead=instead or None,
    )


def _instead(asker: Asker, subject: Subject) -> str:
    if subject.kind == "flag":
        none = Choice("", "It should not be raised")
        ranks = (Choice(one, f"Raise it: {URGENCY_WORDS[one].lower()}") for one in URGENCIES)
        return asker.choose("What should hold?", (none, *ranks))
    if subject.kind == "remark":
        none = Choice("", "It should not be said at all")
        return asker.choose("What should hold?", (none, *(Choice(v, v) for v in VERDICTS)))
    return asker.write(INSTEAD[subject.kind])
