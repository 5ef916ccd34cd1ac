"""A question as it applies to this client now: bound, with its items spelled out."""

from nmt_expert.model.base import Record, Side


class Place(Record):
    """Where an item's finding would be asserted; no site for findings that have none."""

    site: str | None = None
    side: Side | None = None


class Item(Record):
    """One thing to answer.

    An answer counts for every place. With ``pick_side`` the places are the left and the right of
    one thing, and the person says which: left, right, both or neither.
    """

    finding: str
    places: tuple[Place, ...]
    pick_side: bool = False

    @property
    def key(self) -> str:
        """``finding@site:side``, the name of the item within its question."""
        first = self.places[0]
        side = None if self.pick_side else first.side
        return (
            self.finding + (f"@{first.site}" if first.site else "") + (f":{side}" if side else "")
        )


class Instance(Record):
    """One question with its variables bound. ``id`` is the question id and the bindings."""

    id: str
    question: str
    bindings: dict[str, str]
    items: tuple[Item, ...]
