"""The names in a case as the vocabulary knows them, and what cannot be said of them."""

from collections.abc import Sequence

from nmt_expert.kb.answers import objections
from nmt_expert.kb.document import Document
from nmt_expert.kb.marks import Path_
from nmt_expert.kb.vocabulary import Vocabulary
from nmt_expert.model.case import Answer, ComplaintSite
from nmt_expert.model.errors import Fault
from nmt_expert.model.finding import Finding
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.model.site import SiteKind
from nmt_expert.model.text import quoted

_SUGGESTED = 20
"""Names that get a suggestion; a file with more unknown ones is not a case."""
_WORDS_OF_A_NAME = 4


class CaseWords:
    """Looks names up for one document and gathers the faults."""

    def __init__(self, kb: KnowledgeBase, document: Document, lost: str) -> None:
        self.kb = kb
        self.faults: list[Fault] = []
        self.unknown_finding = False
        self._document = document
        self._lost = lost
        self._suggested = 0
        self._findings = Vocabulary(kb.findings)
        self._places: dict[tuple[SiteKind, ...], Vocabulary] = {}

    def answer(self, path: Path_, answer: Answer) -> Answer:
        """The answer at ``path`` with canonical ids; as it was when a name is unknown."""
        name = self._look_up("finding", answer.finding, self._findings, (*path, "finding"))
        if name is None:
            self.unknown_finding = True
            return answer
        finding = self.kb.findings[name]
        if name == self.kb.plan.change_finding:
            remedy = "Give the scores under earlier, or answer change_since_start."
            self._fault((*path, "finding"), f"{name} is computed and never given", remedy)
        site = answer.site
        if site is not None and finding.site:
            site = self._site(site, finding, (*path, "site"))
            if site is None:
                return answer
        self._check(finding, site, answer.side, answer.value, path)
        return answer.model_copy(update={"finding": name, "site": site})

    def complaint_site(self, n: int, place: ComplaintSite) -> ComplaintSite:
        """Site ``n`` of the complaint with its canonical id."""
        path: Path_ = ("complaint", "sites", n)
        finding = self.kb.findings[self.kb.plan.complaint_finding]
        site = self._site(place.site, finding, (*path, "site"))
        if site is None:
            return place
        self._check(finding, site, place.side, "present", path)
        return place.model_copy(update={"site": site})

    def _check(
        self,
        finding: Finding,
        site: str | None,
        side: str | None,
        value: str | int | float,
        path: Path_,
    ) -> None:
        for key, says, remedy in objections(finding, site, side, value, self.kb.sites):
            self._fault((*path, key), says, remedy)

    def _site(self, name: str, finding: Finding, path: Path_) -> str | None:
        """The site meant: any by its id, else one of a kind that fits the finding."""
        if name in self.kb.sites:
            return name
        return self._look_up("site", name, self._of_kinds(finding.site), path, finding.site)

    def _of_kinds(self, kinds: tuple[SiteKind, ...]) -> Vocabulary:
        if kinds not in self._places:
            fitting = {id: site for id, site in self.kb.sites.items() if site.kind in kinds}
            self._places[kinds] = Vocabulary(fitting)
        return self._places[kinds]

    def _look_up(
        self, what: str, name: str, known: Vocabulary, path: Path_, kinds: Sequence[str] = ()
    ) -> str | None:
        """The one id that ``name`` means; else None, and a fault."""
        found = known.meanings(name)
        if len(found) == 1:
            return found[0]
        if found:
            says = f"{quoted(name, _WORDS_OF_A_NAME)} may mean {', '.join(found)}"
            self._fault(path, says, "Write the one that is meant.")
            return None
        self._suggested += 1
        near = known.suggestions(name) if self._suggested <= _SUGGESTED else []
        shown = quoted(name, _WORDS_OF_A_NAME if near else 1)
        self._fault(path, f"unknown {what} {shown}", self._remedy(name, near, kinds))
        return None

    @staticmethod
    def _remedy(name: str, near: Sequence[str], kinds: Sequence[str]) -> str:
        """The names that may have been meant, or where the right one is found."""
        meant = f"Did you mean {' or '.join(repr(one) for one in near)}?" if near else ""
        if kinds:
            return meant or f"Name a site of kind {' or '.join(kinds)}."
        word = name.replace("_", " ").split(" ")[0][:30]
        is_a_name = word.isalnum() and (near or " " not in name)
        search = f"nmt-expert kb findings {word if is_a_name else ''}".rstrip()
        return f"{meant} Findings: {search}".lstrip()

    def _fault(self, path: Path_, says: str, remedy: str) -> None:
        self.faults.append(Fault(self._document.place(path), says, self._lost, remedy))
