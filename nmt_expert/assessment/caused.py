"""What one answer led to: the trace read forwards."""

from nmt_expert.model.assessment import Assessment


def caused_by(assessment: Assessment, answer: str) -> tuple[int, ...]:
    """Every firing that rests on an answer (``a1``), directly or through others, in order.

    A firing that another answer would have caused as well is among them.
    """
    weighed: dict[str, list[str]] = {}
    for drawn in assessment.conclusions:
        for reason in (*drawn.for_, *drawn.against):
            weighed.setdefault(f"f{reason.firing}", []).append(drawn.id)
    reached = {answer}
    for firing in assessment.firings:  # in order: what a firing rests on fired before it
        name = f"f{firing.n}"
        if any(by in reached for met in firing.met for by in met.by):
            reached |= {name, *weighed.get(name, ())}
    return tuple(firing.n for firing in assessment.firings if f"f{firing.n}" in reached)
