"""One case on two versions of the knowledge: what changed, how bad it is, which entry did it."""

from collections.abc import Iterable, Mapping
from typing import Literal

from nmt_expert.model.base import URGENCIES, Record
from nmt_expert.review.digest import Digest
from nmt_expert.review.entries import Change

Weight = Literal[
    "referral lost",
    "referral less urgent",
    "no longer asked about",
    "referral gained",
    "focus changed",
    "focus order changed",
    "caution changed",
    "factors changed",
    "conclusions changed",
    "cannot be read",
    "no result before",
]
LOST: tuple[Weight, ...] = ("referral lost", "referral less urgent")
"""What must never happen unnoticed: somebody who was referred no longer is."""


class Difference(Record):
    """One thing that is not the same in a case, and the entries (``rule:ID``) that did it.

    ``by`` is empty where no entry that changed lies behind it.
    """

    what: Weight
    says: str
    by: tuple[str, ...] = ()


class Replayed(Record):
    """A case on two versions; no differences: it ends as before."""

    case: str
    differences: tuple[Difference, ...] = ()

    @property
    def lost(self) -> bool:
        """Whether a referral was lost."""
        return any(one.what in LOST for one in self.differences)


def compared(case: str, before: Digest, after: Digest, changes: Mapping[str, Change]) -> Replayed:
    """What is different in ``after``, the most serious first."""
    found = [
        *_flags(before, after),
        *_gone(_open(before, after), after.not_cleared, "no longer asked about", "flag"),
        *_named(before.focus, after.focus, "focus changed", "focus"),
        *_order(before, after),
        *_named(before.cautions, after.cautions, "caution changed", "caution"),
        *_factors(before, after),
        *_conclusions(before, after),
    ]
    told = [
        Difference(what=what, says=says, by=_blamed(keys, before, after, changes))
        for what, says, keys in found
    ]
    return Replayed(case=case, differences=tuple(told))


def unread(case: str, before: Digest | None, why: str) -> Replayed:
    """A case that the later version cannot read, or that is not there: its referrals are lost."""
    flags = before.flags if before else {}
    lost = tuple(
        Difference(what="referral lost", says=f"{flag} ({urgency}): {why}")
        for flag, urgency in flags.items()
    )
    return Replayed(case=case, differences=lost or (Difference(what="cannot be read", says=why),))


def first_seen(case: str, why: str) -> Replayed:
    """A case that has no earlier result to be compared with."""
    return Replayed(case=case, differences=(Difference(what="no result before", says=why),))


Found = tuple[Weight, str, tuple[str, ...]]
"""How bad, in words, and the keys of the results it is about."""


def _flags(before: Digest, after: Digest) -> Iterable[Found]:
    gained: list[Found] = []
    for flag in dict.fromkeys([*before.flags, *after.flags]):
        was, now = before.flags.get(flag), after.flags.get(flag)
        keys = (f"flag:{flag}",)
        if was and not now:
            yield "referral lost", f"{flag} ({was}) is no longer raised", keys
        elif was and now and URGENCIES.index(now) > URGENCIES.index(was):
            yield "referral less urgent", f"{flag}: {was} became {now}", keys
        elif was != now:
            gained.append(("referral gained", f"{flag} is raised ({now})", keys))
    yield from gained


def _open(before: Digest, after: Digest) -> tuple[str, ...]:
    """The flags that were not cleared and are not raised by now."""
    return tuple(flag for flag in before.not_cleared if flag not in after.flags)


def _gone(
    before: tuple[str, ...], after: tuple[str, ...], what: Weight, kind: str
) -> Iterable[Found]:
    return [(what, f"{name} is gone", (f"{kind}:{name}",)) for name in before if name not in after]


def _named(
    before: tuple[str, ...], after: tuple[str, ...], what: Weight, kind: str
) -> Iterable[Found]:
    """What left a list, and what came into it."""
    came = [(what, f"{name} came", (f"{kind}:{name}",)) for name in after if name not in before]
    return [*_gone(before, after, what, kind), *came]


def _order(before: Digest, after: Digest) -> Iterable[Found]:
    was = [place for place in before.focus if place in after.focus]
    now = [place for place in after.focus if place in before.focus]
    if was != now:
        moved = tuple(new for new, old in zip(now, was, strict=True) if new != old)
        says = f"{', '.join(was)} became {', '.join(now)}"
        yield "focus order changed", says, tuple(f"focus:{place}" for place in moved)


def _factors(before: Digest, after: Digest) -> Iterable[Found]:
    if before.factors != after.factors:
        moved = [f"{was} became {now}" for was, now in zip(before.factors, after.factors,
                 strict=False) if was != now]  # fmt: skip
        keys = tuple(f"conclusion:{name}" for name in _other_bands(before, after))
        yield "factors changed", "; ".join(moved), keys


def _conclusions(before: Digest, after: Digest) -> Iterable[Found]:
    for name in _other_bands(before, after):
        was, now = before.conclusions.get(name), after.conclusions.get(name)
        says = f"{name}: {was or 'not drawn'} became {now or 'not drawn'}"
        yield "conclusions changed", says, (f"conclusion:{name}",)


def _other_bands(before: Digest, after: Digest) -> list[str]:
    both = dict.fromkeys([*before.conclusions, *after.conclusions])
    return [n for n in both if before.conclusions.get(n) != after.conclusions.get(n)]


def _blamed(
    keys: tuple[str, ...], before: Digest, after: Digest, changes: Mapping[str, Change]
) -> tuple[str, ...]:
    """The changed entries behind a result; else those behind any result that is another one.

    Where none of them changed, what all results share did it: every changed entry is named that is
    neither a rule nor a finding.
    """
    behind = {
        entry for key in keys for side in (before, after) for entry in side.behind.get(key, ())
    }
    if found := sorted(behind & changes.keys()):
        return tuple(found)
    used = {entry for side in (before, after) for key in side.behind for entry in side.behind[key]}
    other = {
        entry
        for key in {*before.behind, *after.behind}
        if before.behind.get(key) != after.behind.get(key)
        for entry in {*before.behind.get(key, ()), *after.behind.get(key, ())}
    }
    for pool in (other, used):
        if found := sorted(pool & changes.keys()):
            return tuple(found)
    return tuple(entry for entry in changes if not entry.startswith(("rule:", "finding:")))
