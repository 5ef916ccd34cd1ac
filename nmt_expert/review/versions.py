"""Cases on two versions: each run on both, or beside what was kept of it, and compared."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from nmt_expert.model.assessment import Assessment
from nmt_expert.model.knowledge import KnowledgeBase
from nmt_expert.review.digest import Digest, digest
from nmt_expert.review.entries import Change, changed, fingerprints
from nmt_expert.review.replay import Replayed, compared, first_seen, unread
from nmt_expert.review.rerun import Rerun, Version, Work, rerun
from nmt_expert.review.results import Accepted, Results, accept, write_results

Told = Callable[[int, int], None]


def on_both(
    before: tuple[Version, KnowledgeBase],
    after: tuple[Version, KnowledgeBase],
    work: Sequence[Work],
    jobs: int,
    told: Told,
) -> tuple[Replayed, ...]:
    """Each case on two versions, given with the knowledge that they hold."""
    changes = changed(fingerprints(before[1]), fingerprints(after[1]))
    both = zip(
        [*rerun(before[0], work, jobs, told)], rerun(after[0], work, jobs, told), strict=True
    )
    return tuple(_one(was, now, changes) for was, now in both)


def beside_records(
    kept: Sequence[Assessment], runs: Iterable[Rerun], kb: KnowledgeBase
) -> tuple[Replayed, ...]:
    """Each record as it was frozen beside its run of today."""
    found = []
    for assessment, now in zip(kept, runs, strict=True):
        was = Rerun(case=now.case, digest=digest(assessment))
        found.append(_one(was, now, _since(assessment, now.digest, kb)))
    return tuple(found)


def beside_kept(
    kept: Results, runs: Mapping[str, Rerun], marks: Mapping[str, str], *, whole: bool
) -> tuple[Replayed, ...]:
    """Case files, by ``folder/name``, beside the results that were kept.

    With ``whole`` a result whose case is gone is told too.
    """
    changes = changed(kept.marks, marks)
    found = [
        _one(Rerun(case=name, digest=kept.digests.get(name), wrong="no result is kept for it"),
             now.model_copy(update={"case": name}), changes)
        for name, now in runs.items()
    ]  # fmt: skip
    gone = sorted(kept.digests.keys() - runs.keys()) if whole else []
    found += [unread(name, kept.digests[name], "there is no such case any more") for name in gone]
    return tuple(found)


def keep(
    folder: Path,
    runs: Mapping[str, Rerun],
    marks: dict[str, str],
    told: Accepted,
    replayed: Iterable[Replayed],
) -> None:
    """Write the new results; ``told`` is kept with the cases that changed and what did it."""
    digests = {name: one.digest for name, one in runs.items() if one.digest}
    write_results(folder, Results(marks=marks, digests=digests))
    other = [one for one in replayed if any(d.what != "no result before" for d in one.differences)]
    by = {entry for one in other for each in one.differences for entry in each.by}
    cases = tuple(sorted(one.case for one in other))
    accept(folder, told.model_copy(update={"cases": cases, "by": tuple(sorted(by))}))


def _one(was: Rerun, now: Rerun, changes: Mapping[str, Change]) -> Replayed:
    if now.digest is None:
        return unread(now.case, was.digest, now.wrong)
    if was.digest is None:
        return first_seen(now.case, was.wrong)
    return compared(now.case, was.digest, now.digest, changes)


def _since(assessment: Assessment, now: Digest | None, kb: KnowledgeBase) -> dict[str, Change]:
    """What changed since a record was frozen, as far as it tells: the rules that fired."""
    was = {firing.rule: firing.rule_version for firing in assessment.firings}
    changes: dict[str, Change] = {}
    for rule, version in was.items():
        if rule not in kb.rules:
            changes[f"rule:{rule}"] = "removed"
        elif kb.rules[rule].version != version:
            changes[f"rule:{rule}"] = "edited"
    fires = {entry for entries in now.behind.values() for entry in entries} if now else set()
    for entry in sorted(fires):
        if entry.startswith("rule:") and entry.removeprefix("rule:") not in was:
            changes[entry] = "added"
    return changes
