"""What is different between two results: what a preview, a change, and a comparison show."""

from nmt_expert.model.base import Band, Record, Urgency


class FactorChange(Record):
    """A factor whose rank or band is another one."""

    factor: str
    rank_before: int
    rank_after: int
    band_before: Band
    band_after: Band


class BandChange(Record):
    """A conclusion whose band is another one; None where it is not drawn at all."""

    conclusion: str
    before: Band | None
    after: Band | None


class FlagChange(Record):
    """A referral that came, went, or changed its urgency; None where it is not raised."""

    flag: str
    before: Urgency | None
    after: Urgency | None


class CameAndWent(Record):
    """What only the later result has, and what only the earlier one had."""

    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.came or self.went)


class Difference(Record):
    """From one result to another, each part in the order of the later one, then of the earlier.

    ``rules`` are the ids of rules that fired in only one of them, ``focus`` are places as
    ``site:side``, ``moved`` those in both whose order changed; ``cautions`` are as
    ``caution@site``; ``questions`` are ids of question instances; ``uncleared`` are red flags that
    could still be there in only one of them, and are not raised in the other.
    """

    flags: tuple[FlagChange, ...] = ()
    uncleared: CameAndWent = CameAndWent()
    cautions: CameAndWent = CameAndWent()
    factors: tuple[FactorChange, ...] = ()
    conclusions: tuple[BandChange, ...] = ()
    focus: CameAndWent = CameAndWent()
    moved: tuple[str, ...] = ()
    withheld: CameAndWent = CameAndWent()
    rules: CameAndWent = CameAndWent()
    questions: CameAndWent = CameAndWent()

    def __bool__(self) -> bool:
        """Whether anything is different."""
        return self != Difference()
