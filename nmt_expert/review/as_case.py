"""A disagreement as a case file: what the reviewer expects, and the engine does not do yet."""

from collections.abc import Iterable

from nmt_expert.model.case import (
    Answer,
    Case,
    Client,
    Complaint,
    Expectation,
    ExpectedConclusion,
    ExpectedReferral,
)
from nmt_expert.model.errors import Fault, InputInvalid
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.review.remarks import Remark


def as_case(case: Case, remarks: Iterable[Remark], name: str, kb: KnowledgeBase) -> Case:
    """The client without a name, code, date or note, and what the overrides ask for.

    Raises:
        InputInvalid: none of the remarks says what should come up, or not.
    """
    wanted = [one for one in remarks if one.verdict == "override"]
    expect = expected(wanted, kb)
    if expect == Expectation():
        raise InputInvalid([_nothing_expected(name)])
    return Case(
        id=name,
        title="; ".join(dict.fromkeys(one.words for one in wanted if one.words)) or None,
        client=Client(age=case.client.age, sex=case.client.sex),
        complaint=Complaint(sites=case.complaint.sites),
        answers=tuple(_bare(answer) for answer in case.answers),
        activities=case.activities,
        earlier=case.earlier,
        otherwise=case.otherwise,
        expect=expect,
    )


def expected(overrides: Iterable[Remark], kb: KnowledgeBase) -> Expectation:
    """What should come up, and what should not; bands, orders and techniques cannot be expected."""
    present: dict[str, list[str]] = {"flag": [], "focus": [], "conclusion": []}
    absent: dict[str, list[str]] = {"flag": [], "focus": [], "conclusion": []}
    referrals = []
    for one in overrides:
        reason = kb.review_reasons.get(one.reason or "")
        asks = reason.expects if reason else "absent"
        name = one.about.partition(":")[2]
        if one.kind == "flag" and one.instead:
            raised = {"flag": name, "urgency": one.instead}
            referrals.append(ExpectedReferral.model_validate(raised))
            continue
        absent[one.kind] += [name] if asks == "absent" else []
        present[one.kind] += [name] if asks == "present" else []
        present[one.kind] += [one.instead] if one.instead else []
    leads = _leads(present["conclusion"][-1]) if present["conclusion"] else None
    return Expectation(
        leads=leads,
        focus=tuple(present["focus"]) or None,
        not_treated=tuple(absent["focus"]),
        not_concluded=tuple(absent["conclusion"]),
        referrals=tuple(referrals),
        not_raised=tuple(absent["flag"]),
    )


def _leads(name: str) -> ExpectedConclusion:
    """What should lead: the conclusion that stands instead, or was missed."""
    conclude, _, where = name.partition(":")
    site, _, side = where.partition(":")
    return ExpectedConclusion.model_validate(
        {"conclude": conclude, "site": site, "side": side or None}
    )


def _bare(answer: Answer) -> Answer:
    """An answer without who said it, when, and in which words."""
    return answer.model_copy(update={"by": None, "at": None, "note": None})


def _nothing_expected(name: str) -> Fault:
    return Fault(
        place=name,
        says="no override says what should come up, or what should not",
        consequence="No case was written: it would expect nothing.",
        remedy="Override a flag, focus area or conclusion; --instead says what holds in its place.",
    )
