"""Whether an answer says something its finding can say: where, on which side, which value.

Cases and the examples of rules are held to the same rules.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from nmt_expert.kb.nearest import did_you_mean
from nmt_expert.model.finding import NON_ANSWERS, Finding
from nmt_expert.model.site import Site
from nmt_expert.model.text import quoted

Key = Literal["site", "side", "value"]


class Objection(NamedTuple):
    """What is wrong with one key of an answer (which may be missing), and what would be right."""

    key: Key
    says: str
    remedy: str


def objections(
    finding: Finding,
    site: str | None,
    side: str | None,
    value: str | int | float,
    sites: Mapping[str, Site],
) -> Iterator[Objection]:
    """Everything wrong with an answer to ``finding``; names are canonical ids."""
    where = sites.get(site) if site else None
    yield from _site_objections(finding, site, where, sites)
    yield from _side_objections(finding, where, side)
    yield from value_objections(finding, value)


def has_sides(finding: Finding, where: Site | None) -> bool:
    """Whether an answer at this place has a left and a right."""
    return finding.sided is True or (finding.sided == "site" and where is not None and where.sided)


def _site_objections(
    finding: Finding, site: str | None, where: Site | None, sites: Mapping[str, Site]
) -> Iterator[Objection]:
    kinds = " or ".join(finding.site)
    if site is None and finding.site:
        yield Objection("site", f"{finding.id} needs a site", f"Add a site of kind {kinds}.")
    elif site is not None and not finding.site:
        yield Objection(
            "site", f"{finding.id} has no site, but {quoted(site)} is given", "Leave the site out."
        )
    elif site is not None and where is None:
        fitting = {one.id for one in sites.values() if one.kind in finding.site}
        remedy = did_you_mean(site, fitting, 3) or f"Name a site of kind {kinds}."
        yield Objection("site", f"unknown site {quoted(site)}", remedy)
    elif where is not None and where.kind not in finding.site:
        says = f"{finding.id} cannot be at {where.id}, of kind {where.kind}"
        yield Objection("site", says, f"Name a site of kind {kinds}.")


def _side_objections(finding: Finding, where: Site | None, side: str | None) -> Iterator[Objection]:
    if has_sides(finding, where):
        if side is None:
            what = where.id if where and finding.sided == "site" else finding.id
            yield Objection(
                "side", f"no side is given for {what}", "Add side: left, right or both."
            )
    elif side is not None and (finding.sided is False or where is not None):
        what = where.id if where and finding.sided == "site" else finding.id
        yield Objection("side", f"{what} has no left and right", "Leave the side out.")


def value_objections(finding: Finding, value: str | int | float) -> Iterator[Objection]:
    """What is wrong with the value alone."""
    number = finding.number
    if isinstance(value, str):
        if value in finding.values or value in NON_ANSWERS:
            return
        says = f"{finding.id} has no value {quoted(value)}"
        if value == "present":
            says = f"{finding.id} is never 'present', so it needs a value"
        yield Objection("value", says, _legal(finding, value))
    elif number is None:
        says = f"{finding.id} has no number, but {value} is given"
        yield Objection("value", says, _legal(finding, str(value)))
    elif number.band_of(float(value)) is None:
        says = f"{finding.id} cannot be {value:g}"
        yield Objection(
            "value", says, f"It goes from {number.min:g} to {number.max:g} ({number.unit})."
        )


def _legal(finding: Finding, value: str) -> str:
    """The values that could have been meant, and all that exist."""
    near = did_you_mean(value, (*finding.values, *NON_ANSWERS))
    number = finding.number
    if number:
        listed = f"Write a number from {number.min:g} to {number.max:g} ({number.unit})."
    elif value == "present":
        listed = f"Add value: {', '.join(finding.values)}."
    else:
        listed = f"Values: {', '.join(finding.values)}."
    return f"{near} {listed}".strip()
