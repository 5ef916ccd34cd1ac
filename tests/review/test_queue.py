"""Which records wait, for whom, and in which order."""

from nmt_expert.review.queue import queue
from nmt_expert.review.remarks import Remark
from nmt_expert.review.seal import Amended, Signed

POINT = "conclusion:active_trigger_point:upper_trapezius:right"
AGREE = Remark(about=POINT, verdict="agree")
UNSURE = Remark(about=POINT, verdict="unsure")
SIGNED = Signed(name="Ruth Example", qualification="Supervisor", entries=4, sha256="0" * 64)
AMENDED = Amended(name="Ruth Example", why="the scan came")


def ids(reviews) -> list[str]:
    return [one.id for one in reviews]


def test_the_longest_waiting_stands_first(reviewed):
    late = reviewed(id="late", finished="2026-11-21T10:00:00Z")
    early = reviewed(id="early", finished="2026-11-19T10:00:00Z")
    assert ids(queue([late, early])) == ["early", "late"]


def test_open_ones_are_those_that_nobody_signed_or_that_were_opened_again(reviewed):
    records = [
        reviewed(id="a"),
        reviewed(AGREE, id="b"),
        reviewed(AGREE, id="c", signed=(SIGNED,)),
        reviewed(AGREE, id="d", signed=(SIGNED,), amended=(AMENDED,)),
    ]
    assert [one.state for one in records] == ["open", "remarked", "signed", "amended"]
    assert ids(queue(records, "open")) == ["a", "b", "d"]


def test_mine_are_those_i_remarked_on_or_signed(reviewed):
    records = [reviewed(id="a"), reviewed(AGREE, id="b"), reviewed(id="c", signed=(SIGNED,))]
    assert ids(queue(records, "mine", "Ruth Example")) == ["b", "c"]
    assert ids(queue(records, "mine", "Somebody Else")) == []


def test_flagged_are_urgent_ones_and_those_not_agreed_with(reviewed):
    records = [reviewed(id="a"), reviewed(AGREE, id="b"), reviewed(UNSURE, id="c")]
    assert ids(queue(records, "flagged")) == ["c"]


def test_a_changed_mind_is_not_flagged(reviewed):
    assert ids(queue([reviewed(UNSURE, AGREE, id="a")], "flagged")) == []
