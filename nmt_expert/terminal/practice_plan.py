"""Takes a student's plan: where to treat and with what, whom to refer to and how urgently."""

from typing import cast

from nmt_expert.model.base import Urgency
from nmt_expert.model.words import place, within
from nmt_expert.practice.attempt import Attempt
from nmt_expert.practice.events import Planned, PlannedFocus, PlannedReferral
from nmt_expert.terminal.asking import Asker, Choice
from nmt_expert.terminal.named_places import asked_places
from nmt_expert.terminal.page import Page
from nmt_expert.terminal.practice_commit import asked_reasons, noted_lines

WHERE = "Where would you treat? Such as: upper trapezius r (enter alone: nowhere):"
NONE, BACK = "none", ""
REFER = (
    Choice("emergency", "Emergency: call an ambulance"),
    Choice("same_day", "Same day: seen by a doctor today"),
    Choice("soon", "Soon: within days"),
    Choice("routine", "Routine: when convenient"),
)
MOST_REFERRALS = 3


class Planning:
    """One plan; nothing of the engine's is shown before it is whole."""

    def __init__(self, attempt: Attempt, asker: Asker, page: Page) -> None:
        self._attempt = attempt
        self._asker = asker
        self._page = page

    def hold(self) -> Planned | None:
        """Ask for the plan; None when the student goes back."""
        sure = self._asker.choose(
            "After this nothing more can be asked. Go on?",
            (Choice(BACK, "Back: ask or examine more"), Choice("on", "Conclude now")),
        )
        if sure == BACK:
            return None
        referrals = self._referrals()
        return Planned(focus=self._focus(), referrals=referrals)

    def _focus(self) -> tuple[PlannedFocus, ...]:
        kb = self._attempt.kb
        places = asked_places(self._asker, self._page, WHERE, kb)
        listed = tuple(Choice(one.id, one.label) for one in kb.techniques.values())
        none = Choice(NONE, "Not at this place after all")
        planned = []
        for one in places:
            where = within(place(kb, one.site, one.side))
            chosen = self._asker.choose(f"With what, at {where}?", (none, *listed))
            if chosen != NONE:
                planned.append(PlannedFocus(site=one.site, side=one.side, technique=chosen))
        return tuple(planned)

    def _referrals(self) -> tuple[PlannedReferral, ...]:
        """The referrals, the most pressing first; none is said, never assumed."""
        made: list[PlannedReferral] = []
        question = "Would you refer? The most pressing reason first."
        none = Choice(NONE, "No referral")
        while len(made) < MOST_REFERRALS:
            chosen = self._asker.choose(question, (none, *REFER))
            if chosen == NONE:
                break
            made.append(PlannedReferral(urgency=cast(Urgency, chosen), because=self._because()))
            question, none = "Anything else to refer for?", Choice(NONE, "Nothing else")
        return tuple(made)

    def _because(self) -> tuple[str, ...]:
        for line in noted_lines(self._attempt):
            self._page.line(line)
        return asked_reasons(
            self._asker, self._page, self._attempt, "Because of which? Numbers, as 1 3:"
        )
