"""What is asked about: a case with its assessment, made now or kept from that day."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from nmt_expert.assessment.assess import assess
from nmt_expert.engine import Engine
from nmt_expert.model.assessment import Assessment
from nmt_expert.model.case import Case
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.visit import Impression

OTHER_KNOWLEDGE = (
    "The assessment was made with another version of the knowledge base. This is reasoned with "
    "today's; only how reads the assessment as it was."
)
NO_VIEW = Impression()


@dataclass(frozen=True)
class Subject:
    """One client on one day; ``kept`` is the assessment of that day, ``own`` the person's view.

    How reads the assessment; why-not, what-if and flip reason over the case with today's rules.
    """

    case: Case
    kb: KnowledgeBase
    built: Callable[[], Engine]
    """Gives the engine, which is not needed to read what was kept."""
    kept: Assessment | None = None
    own: Impression = NO_VIEW

    @cached_property
    def engine(self) -> Engine:
        """The rules compiled."""
        return self.built()

    @cached_property
    def assessment(self) -> Assessment:
        """The assessment that was kept, else one made now."""
        return self.kept or assess(self.case, self.kb, self.engine)

    @property
    def caveat(self) -> str | None:
        """What must be said beside an answer that is reasoned today."""
        if self.kept is None or self.kept.knowledge_base.get("sha256") == self.kb.sha256:
            return None
        return OTHER_KNOWLEDGE


Opened = Callable[[str], Subject]
"""Opens another case, assessment or interview by its name."""
