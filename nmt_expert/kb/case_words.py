"""The names in a case as the vocabulary knows them, and what cannot be said of them."""

from collections.abc import Mapping

from nmt_expert.kb.answers import objections
from nmt_expert.kb.document import Document
from nmt_expert.kb.marks import Path_
from nmt_expert.kb.vocabulary import Named, meanings, suggestions
from nmt_expert.model.case import Answer, ComplaintSite
from nmt_expert.model.errors import Fault
from nmt_expert.model.finding import Finding
from nmt_expert.model.knowledge import KnowledgeBase

_SUGGESTED = 40
"""Names that get a suggestion; a file with more unknown ones is not a case."""


class CaseWords:
    """Looks names up for one document and gathers the faults."""

    def __init__(self, kb: KnowledgeBase, document: Document, lost: str) -> None:
        self.kb = kb
        self.faults: list[Fault] = []
        self.unknown_finding = False
        self._document = document
        self._lost = lost
        self._suggested = 0

    def answer(self, path: Path_, answer: Answer) -> Answer:
        """The answer at ``path`` with canonical ids; as it was when a name is unknown."""
        name = self._look_up("finding", answer.finding, self.kb.findings, (*path, "finding"))
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
        fitting = {id: site for id, site in self.kb.sites.items() if site.kind in finding.site}
        return self._look_up("site", name, fitting, path)

    def _look_up(
        self, what: str, name: str, records: Mapping[str, Named], path: Path_
    ) -> str | None:
        """The one id that ``name`` means; else None, and a fault."""
        found = meanings(name, records)
        if len(found) == 1:
            return found[0]
        shown = repr(name if len(name) <= 60 else f"{name[:60]}...")
        if found:
            says = f"{shown} may mean {', '.join(found)}"
            self._fault(path, says, "Write the one that is meant.")
        else:
            self._fault(path, f"unknown {what} {shown}", self._nearest(what, name, records))
        return None

    def _nearest(self, what: str, name: str, records: Mapping[str, Named]) -> str:
        self._suggested += 1
        near = suggestions(name, records) if self._suggested <= _SUGGESTED else []
        meant = f"Did you mean {' or '.join(repr(one) for one in near)}?" if near else ""
        word = name.replace("_", " ").split(" ")[0][:30]
        search = f"Findings: nmt-expert kb findings {word}" if what == "finding" else ""
        return f"{meant} {search}".strip()

    def _fault(self, path: Path_, says: str, remedy: str) -> None:
        self.faults.append(Fault(self._document.place(path), says, self._lost, remedy))
