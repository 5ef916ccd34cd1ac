"""Plays one case: ask and examine, commit, compare, and at the end the plan."""

from collections import Counter
from collections.abc import Callable, Sequence

from nmt_expert.assessment import assess, how
from nmt_expert.engine import Engine
from nmt_expert.interview.words import SECTIONS
from nmt_expert.model.words import counted
from nmt_expert.practice.attempt import Attempt, Done
from nmt_expert.practice.events import Asked, Committed, Hinted
from nmt_expert.practice.hints import LEVELS, hint
from nmt_expert.practice.options import Option, find
from nmt_expert.reports.explained import how_report
from nmt_expert.reports.practice import plans_side_by_side, side_by_side
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.practice_commit import Committing, noted_lines
from nmt_expert.terminal.practice_plan import Planning
from nmt_expert.terminal.report_view import show_report, show_section

Keep = Callable[[Done, int], None]
"""Keeps an event and its number; when it returns, it is safe."""

BACK = Choice("", "Back")
ALL, SEARCH, TRACE = "all", "search", "trace"
AFTER = (Choice("", "Go on"), Choice(TRACE, "The engine's reasons first, down to each answer"))
FIRST = (
    "First, before you ask anything: what do you think? Say it, however unsure you are; the score"
    " looks at how you go on from here."
)
MENU_HEAD = "What do you do?"


class Play:
    """One sitting with one case. What is done is kept before anything else is shown."""

    def __init__(
        self, attempt: Attempt, asker: Asker, page: Page, engine: Engine, keep: Keep
    ) -> None:
        self._attempt = attempt
        self._asker = asker
        self._page = page
        self._engine = engine
        self._keep = keep

    def hold(self) -> Attempt:
        """Until the end of the case, or until the student leaves it."""
        self._present()
        if self._attempt.ranked is None:
            self._page.line(FIRST)
            if not self._commit(must=True):
                return self._attempt
        while self._attempt.planned is None:
            match self._menu():
                case "ask":
                    self._ask()
                case "commit":
                    self._commit()
                case "know":
                    self._known()
                case "hint":
                    self._hint()
                case "end":
                    self._end()
                case "leave":
                    break
        return self._attempt

    def _done(self, after: Attempt) -> None:
        """Keep what was just done, then go on from there."""
        self._keep(after.events[-1], len(after.events))
        self._attempt = after

    def _present(self) -> None:
        case = self._attempt.case
        self._page.gap()
        self._page.line(case.title or case.id, "title")
        self._page.line(case.presentation)
        self._page.gap()

    def _menu(self) -> str:
        asked = len(self._attempt.of(Asked))
        spent = f"{counted(asked, 'question')} asked, {self._attempt.minutes:g} minutes"
        level, cost = self._next_hint()
        return self._asker.choose(
            f"{MENU_HEAD} ({spent})",
            (
                Choice("ask", "Ask or examine"),
                Choice("know", "Read again what you know"),
                Choice("commit", "Commit to a ranking, then see the engine's"),
                Choice("hint", f"A hint: {LEVELS[level - 1]} (counts {cost:g} min)"),
                Choice("end", "Conclude: treatment and referral, then your score"),
                Choice("leave", "Save and leave"),
            ),
        )

    # Asking and examining

    def _ask(self) -> None:
        options = self._attempt.options
        found = self._sectioned(options)
        for option in found:
            self._put(option.prompt.id)

    def _put(self, name: str) -> None:
        """Put one question, if what was just learned has not closed it."""
        option = next((one for one in self._attempt.options if one.prompt.id == name), None)
        if option is None:
            return
        after = self._attempt.ask(option)
        self._done(after)
        self._page.line(f"{_head(option)}: {after.told(option)}", "answer")

    def _sectioned(self, options: Sequence[Option]) -> Sequence[Option]:
        """What the student picks: by section, or by a name."""
        count = Counter(option.prompt.question.section for option in options)
        sections = tuple(Choice(name, f"{SECTIONS[name]} ({n})") for name, n in count.items())
        search = Choice(SEARCH, "Search by a name: a question, a finding, a muscle")
        chosen = self._asker.choose("Ask or examine what?", (BACK, search, *sections))
        if chosen == SEARCH:
            return self._searched(options)
        here = [option for option in options if option.prompt.question.section == chosen]
        return self._picked(here)

    def _searched(self, options: Sequence[Option]) -> Sequence[Option]:
        text = self._asker.write("What are you looking for?")
        found = find(text, options)
        if not found:
            self._page.line(
                "Nothing that can be asked now is called so. A finding may open further questions.",
                "caution",
            )
        return self._picked(found)

    def _picked(self, options: Sequence[Option]) -> Sequence[Option]:
        if not options:
            return ()
        listed = tuple(
            Choice(str(n), f"{option.title} ({option.minutes:g} min)")
            for n, option in enumerate(options)
        )
        whole = _without_singles(options)
        cost = sum(option.minutes for option in whole)
        all_of = (Choice(ALL, f"All of these ({cost:g} min)"),) if len(whole) > 1 else ()
        chosen = self._asker.choose("Which?", (BACK, *all_of, *listed))
        if chosen == ALL:
            return whole
        return (options[int(chosen)],) if chosen else ()

    def _known(self) -> None:
        self._present()
        for line in noted_lines(self._attempt):
            self._page.line(line)
        asked = "; ".join(one.title for one in self._attempt.of(Asked))
        self._page.line(f"Asked so far: {asked or 'nothing'}.", "quiet")

    # Hints

    def _next_hint(self) -> tuple[int, float]:
        next_one, _ = hint(self._attempt)
        return next_one.level, next_one.minutes

    def _hint(self) -> None:
        taken, says = hint(self._attempt)
        if taken.about:
            self._done(self._attempt.hinted(taken))
        self._page.line(f"Hint: {says}", "caution")

    # Committing

    def _commit(self, must: bool = False) -> bool:
        """Commit and compare; whether there was a commitment."""
        after = Committing(self._attempt, self._asker, self._page).hold(must)
        if after is None:
            return False
        self._done(after)
        self._compare()
        return True

    def _compare(self) -> None:
        """The engine's ranking beside the student's, and why it ranks so."""
        committed, kb = self._attempt.ranked, self._attempt.kb
        assert committed is not None
        show_section(side_by_side(committed, kb), self._page)
        leader = committed.engine[0]
        self._page.gap()
        if leader.band == "not_supported":
            return
        result = assess(self._attempt.interview.case, kb, self._engine)
        mine = committed.leader
        stands = {stand.factor: stand.band for stand in committed.engine}
        told = [leader.factor]
        if mine and mine != leader.factor and stands[mine] != "not_supported":
            told.append(mine)
        for factor in told:
            show_report(how_report(how(result, factor), "sentence"), self._page)
        self._page.gap()
        if self._asker.choose("Compare it with yours.", AFTER) == TRACE:
            for factor in told:
                show_report(how_report(how(result, factor)), self._page)
            self._page.gap()

    # The end

    def _end(self) -> None:
        if self._moved_on():
            self._page.line("You found out more since your last ranking, so say it once more.")
            if not self._commit():
                return
        planned = Planning(self._attempt, self._asker, self._page).hold()
        if planned is None:
            return
        self._done(self._attempt.plan(planned))
        result = assess(self._attempt.interview.case, self._attempt.kb, self._engine)
        show_section(plans_side_by_side(planned, result, self._attempt.kb), self._page)

    def _moved_on(self) -> bool:
        """Whether anything was asked since the last ranking."""
        last = next(one for one in reversed(self._attempt.events) if not isinstance(one, Hinted))
        return not isinstance(last, Committed)


def _head(option: Option) -> str:
    """The title before what was found; what a grid tells names its muscles itself."""
    return option.title.partition(":")[0] if option.prompt.kind == "grid" else option.title


def _without_singles(options: Sequence[Option]) -> list[Option]:
    """Without the muscles that stand in a grid of the same list already."""
    names = [option.prompt.id for option in options]
    return [
        option
        for option in options
        if not any(option.prompt.id.startswith(f"{name}@") for name in names)
    ]
