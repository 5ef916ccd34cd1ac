"""The body chart shows every zone, within the body, and on the side where it is."""

from collections.abc import Iterator

from nmt_expert.kb.checks.base import Check, Survey
from nmt_expert.kb.marks import Path_
from nmt_expert.kb.nearest import did_you_mean
from nmt_expert.model.base import Side
from nmt_expert.model.body_chart import ChartPlace, ChartView, half_of
from nmt_expert.model.errors import Fault
from nmt_expert.model.site import Site

LOST = "It would be marked where nobody feels it."
Placed = tuple[str, str, Path_, Site, ChartPlace]
"""Kind and name of the entry that says it, the path there, the zone, and where it lies."""


def views_of(survey: Survey) -> dict[str, ChartView]:
    """The views that were drawn."""
    return survey.draft.table("body_chart", ChartView)


def _placed(survey: Survey) -> Iterator[Placed]:
    """Every place that a zone has: on its own view, and on the whole body."""
    for site in survey.sites.values():
        if site.chart:
            yield "site", site.id, ("chart",), site, site.chart
    for view in views_of(survey).values():
        for name, place in view.on_body.items():
            if name in survey.sites:
                yield "body_chart", view.id, ("on_body", name), survey.sites[name], place


class ZoneHasItsPlace(Check):
    """Where there is a chart, every zone is on it, and on the whole body too."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a zone."""
        views = views_of(survey)
        for site in survey.sites.values():
            if not views or site.kind != "zone":
                continue
            if site.chart is None:
                says = "the zone has no place on the body chart"
                remedy = "Write chart: {view: ..., x: ..., y: ...}."
            elif _is_detail(views.get(site.chart.view), site):
                says = f"view {site.chart.view} does not say where it is on the whole body"
                remedy = f"Add it to on_body in knowledge/body_chart/{site.chart.view}.yml."
            else:
                continue
            yield survey.fault("site", site.id, (), says, "It could not be shown.", remedy)


def _is_detail(view: ChartView | None, site: Site) -> bool:
    """Whether a zone lies on a view of one side that gives it no place on the whole body."""
    return view is not None and view.seen == "one_side" and site.id not in view.on_body


class PlaceIsWithinTheBody(Check):
    """A place is on a view that was drawn, and inside an outline of it."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a place."""
        views, declared = views_of(survey), survey.draft.declared("body_chart")
        for kind, owner, path, site, place in _placed(survey):
            view = views.get(place.view)
            if place.view not in declared:
                remedy = did_you_mean(place.view, views) or "Draw it in knowledge/body_chart/."
                says = f"there is no view {place.view!r} of the body chart"
                fault = survey.fault(kind, owner, (*path, "view"), says, LOST, remedy)
            elif view and not view.holds(place.point):
                says = f"{site.id} lies outside every outline of view {view.id}"
                fault = survey.fault(
                    kind,
                    owner,
                    path,
                    says,
                    LOST,
                    "Move its point into an outline, or draw one round it.",
                )
            else:
                continue
            yield fault


class PlaceIsOnItsSide(Check):
    """From the front the client's right is on the examiner's left, from behind on the right."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a place; a zone without sides is on the mid-line."""
        views = views_of(survey)
        for kind, owner, path, site, place in _placed(survey):
            view = views.get(place.view)
            if view is None or view.right_half is None:
                continue
            wanted = view.right_half if site.sided else None
            if half_of(place.x) != wanted:
                says = f"{_belongs(site, wanted)}, in view {view.id}"
                yield survey.fault(
                    kind,
                    owner,
                    (*path, "x"),
                    says,
                    "Left and right would be wrong.",
                    "Move its point.",
                )


def _belongs(site: Site, wanted: Side | None) -> str:
    if wanted is None:
        return f"{site.id} has no sides and belongs on the mid-line, x = 20"
    beyond = "below" if wanted == "left" else "above"
    return f"the right side of {site.id} belongs on the examiner's {wanted}, x {beyond} 20"


class OnBodyNamesItsZones(Check):
    """A detailed view places its own zones on the whole body, and no others."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault a name or place."""
        views = views_of(survey)
        for view in views.values():
            for name, place in view.on_body.items():
                site = survey.sites.get(name)
                path = ("on_body", name)
                if site is None:
                    says = f"unknown site {name!r}"
                    remedy = did_you_mean(name, survey.sites)
                elif site.chart is None or site.chart.view != view.id:
                    says, remedy = f"{name} is not a zone of view {view.id}", "Take it away."
                elif place.view in views and views[place.view].seen == "one_side":
                    says = f"view {place.view} does not show the whole body"
                    remedy = "Place it on the front or the back."
                else:
                    continue
                yield survey.fault("body_chart", view.id, path, says, LOST, remedy)


class HalfBeginsInTheMiddle(Check):
    """A half outline begins and ends on the mid-line, so that its mirror image closes it."""

    def faults(self, survey: Survey) -> Iterator[Fault]:
        """One fault an end."""
        for view in views_of(survey).values():
            for n, outline in enumerate(view.outlines):
                ends = (0, len(outline.points) - 1) if outline.shape == "half" else ()
                for m in ends:
                    if half_of(outline.points[m][0]) is not None:
                        says = f"a half of {outline.part} must begin and end at x = 20"
                        path = ("outlines", n, "points", m)
                        lost = "The two halves would not meet."
                        yield survey.fault(
                            "body_chart", view.id, path, says, lost, "Move that point to x = 20."
                        )
