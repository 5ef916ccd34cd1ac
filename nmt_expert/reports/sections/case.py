"""Whom the report is about, in one line."""

from collections import Counter

from nmt_expert.model.words import place
from nmt_expert.reports.document import Line, Paragraph, Section
from nmt_expert.reports.view import View


def case(view: View) -> Section:
    """The case, the client's code, the visit and the complaint as it was told."""
    told = view.assessment.case
    client = told.client
    who = [
        f"Client {client.code}" if client.code else None,
        f"{client.age} years" if client.age is not None else None,
        client.sex,
        client.occupation,
        f"visit {told.visit.number}",
        told.visit.date,
    ]
    lines = [f"Case {told.id}{': ' + told.title if told.title else ''}"]
    lines.append(", ".join(part for part in who if part))
    where = "; ".join(place(view.kb, s.site, s.side) for s in told.complaint.sites)
    complaint = " - ".join(part for part in (told.complaint.text, where) if part)
    if complaint:
        lines.append(f"Complaint: {complaint}")
    if told.activities:
        scored = "; ".join(f"{one.activity} {one.score:g}" for one in told.activities)
        lines.append(f"Activities, 0 cannot do to 10 as well as before: {scored}")
    by = Counter(answer.by for answer in told.answers if answer.by)
    if by:
        names = ", ".join(f"{name} ({number})" for name, number in sorted(by.items()))
        lines.append(f"Answered by: {names}")
    return Section("Case", tuple(Paragraph(Line(line)) for line in lines))
