"""Text from people can neither steer the terminal nor hide; all that can be seen stays."""

import pytest

from nmt_expert.model.case import Answer
from nmt_expert.model.text import clean, cleaned, cleaned_record


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x9b31mred", "31mred"),
        ("bell\x07 delete\x7f null\x00", "bell delete null"),
        ("\u202egnp.exe\u2066\u200f", "gnp.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half a letter \ud800", "half a letter "),
        ("one\r\ntwo\rthree\n\tfour", "one\ntwo\nthree\n\tfour"),
    ],
)
def test_characters_that_steer_or_hide_are_taken_out(text: str, left: str) -> None:
    assert clean(text) == left


@pytest.mark.parametrize("text", ["[b]bold[/b] :smile:", "Grüße, naïve", "שלום", "痛み", "🙂 =1+1"])
def test_what_can_be_seen_stays_as_it_was(text: str) -> None:
    assert clean(text) == text


def test_texts_inside_lists_and_mappings_are_cleaned_and_numbers_stay() -> None:
    assert cleaned({"a\x1b": ["\x07b", 6, None, ("c\x00",)]}) == {"a": ["b", 6, None, ["c"]]}


def test_a_record_stays_the_same_kind_with_its_texts_cleaned() -> None:
    answer = Answer(finding="pain_intensity", value=6, note="half\x1b asleep")
    assert cleaned_record(answer) == answer.model_copy(update={"note": "half asleep"})
