"""What a therapist reads, and what must not stand there."""

import json
from dataclasses import replace

from nmt_expert.model.knowledge import Overlay
from nmt_expert.reports import as_json, as_markdown, as_plain, build
from nmt_expert.reports.view import Depth
from tests.reports import sample

KB = sample.knowledge_base()


def told(depth: Depth = "sentence", country: str | None = None, **changed: object) -> str:
    text = as_plain(build(sample.assessment(**changed), KB, depth, country), width=400)
    return text


def first_line(**changed: object) -> str:
    return told(**changed).splitlines()[0]


def test_without_a_flag_the_first_line_counts_what_is_not_cleared() -> None:
    open_flags = (
        sample.not_cleared("emergency"),
        sample.not_cleared("same_day"),
        sample.not_cleared("soon"),
    )
    assert first_line(not_cleared=open_flags) == "No referral flag raised; 2 not cleared"


def test_the_first_line_is_the_most_urgent_referral() -> None:
    line = first_line(referrals=(sample.poor_sleep("soon"), sample.emergency()))
    assert line.startswith("EMERGENCY: Possible pressure on nerves. Refer to emergency department")
    assert "1 more referral; 0 not cleared" in line


def test_a_routine_suggestion_is_no_flag() -> None:
    assert first_line(referrals=(sample.poor_sleep(),)).startswith("No referral flag raised")


def test_a_perpetuating_factor_that_cannot_wait_is_named_first() -> None:
    assert first_line(referrals=(sample.poor_sleep("soon"),)).startswith("SOON: Poor sleep")


def test_all_five_factors_are_listed_in_words_without_percentages() -> None:
    text = told()
    for label in sample.FACTORS.values():
        assert label in text
    assert "%" not in text
    assert "0.6" not in text


def test_a_conclusion_is_told_with_what_is_for_and_against_it() -> None:
    text = told()
    assert "Active trigger point: Upper trapezius, right (moderate)" in text
    assert "For (strong): Reason of tp.core." in text
    assert "Against (weak): Reason of tp.map. [contested (grade X), recalled]" in text


def test_a_factor_that_was_not_examined_says_what_is_missing() -> None:
    text = told(conclusions=())
    assert "Nothing speaks for it so far. Missing: Saddle numbness" in text


def test_a_focus_is_told_with_technique_and_dose() -> None:
    text = told()
    assert "1. Upper trapezius, right: Ease and press [unreviewed, tradition]" in text
    assert "Technique: Pressure release [contested (grade X)]" in text
    assert "Dose: 30 to 60 s" in text


def test_a_distant_focus_says_why_it_is_elsewhere() -> None:
    distant = sample.focus(site="pectoralis_minor", distant=True)
    assert "Distant: this is not where it hurts." in told(focus=(distant,))


def test_a_caution_stands_on_the_line_it_concerns() -> None:
    assert "Caution: Feel for the pulse" in told(
        focus=(sample.focus(cautions=("Feel for the pulse",)),)
    )


def test_no_focus_and_no_advice_is_printed_beside_an_emergency() -> None:
    text = told(referrals=(sample.emergency(),))
    assert "No treatment focus is given: treatment is withheld." in text
    assert "Referral first: Possible pressure on nerves" in text
    assert "Ease and press" not in text
    assert "Take breaks" not in text


def test_withheld_lines_do_not_name_the_treatment_beside_an_emergency() -> None:
    text = told(referrals=(sample.emergency(),), withheld=(sample.withheld(),))
    assert "1 focus line withheld" in text
    assert "Ease and press" not in text


def test_an_absolute_caution_withholds_treatment_too() -> None:
    text = told(cautions=(sample.fever(),))
    assert "Not today: Fever. Rebook." in text
    assert "Ease and press" not in text


def test_a_perpetuating_factor_never_withholds_treatment() -> None:
    text = told(referrals=(sample.poor_sleep("soon"),))
    assert "Ease and press" in text
    assert "Poor sleep: physician (soon)" in text


def test_an_emergency_says_whom_to_call_what_to_say_and_what_not_to_do() -> None:
    text = told(referrals=(sample.emergency(),))
    assert "Call your local emergency number." in text
    for words in ("Do not treat.", "Do not: wait until tomorrow", "Tell the ambulance: When it"):
        assert words in text


def test_the_country_setting_fills_in_the_number() -> None:
    assert "Call 999." in told(country="GB", referrals=(sample.emergency(),))


def test_without_a_number_it_says_how_to_find_one() -> None:
    found = (sample.emergency(),)
    assert "settings set country" in told(referrals=found)
    assert "No emergency number is stored for your country" in told(country="FJ", referrals=found)
    assert "ambulance station" not in told(country="GB", referrals=found)


def test_what_is_not_cleared_names_what_it_lacks_in_words() -> None:
    text = told(not_cleared=(sample.not_cleared(),))
    assert "Possible pressure on nerves. Lacks: Saddle numbness" in text


def test_answers_that_were_none_are_listed_as_not_known() -> None:
    assert "Not known: Saddle numbness" in told()


def test_closure_says_its_three_things_apart() -> None:
    text = told()
    assert "Red flags still open: Saddle numbness" in text
    assert "Focus could still be changed by: Active trigger point: Upper trapezius, right" in text
    assert "Perpetuating factors: covered" in text


def test_the_report_says_how_much_is_unreviewed_and_what_it_is_not() -> None:
    text = told()
    assert "4 rules used, 4 of them unreviewed" in text
    assert "It diagnoses no disease" in text


def test_a_tree_goes_down_to_the_answers() -> None:
    assert "- Taut band: Upper trapezius, right - present" in told("tree")
    assert "- Taut band: Upper trapezius, right - present" not in told("sentence")


def test_the_full_trace_tells_every_firing_with_version_limits_and_sources() -> None:
    text = told("full")
    for name in KB.rules:
        assert f"Rule {name}, version abc123" in text
        assert f"Limits: Limits of {name}." in text
    assert "Source: Delphi study 2018, abstract: Three criteria." in text


def test_a_tree_names_its_sources_in_full_a_sentence_names_none() -> None:
    whole = "delphi: Delphi study 2018. Read: abstract."
    assert whole in told("tree")
    assert whole not in told("sentence")


def test_a_report_says_that_the_knowledge_has_changed_since() -> None:
    assert "has changed since" not in told()
    assert "has changed since" in told(knowledge_base=KB.summary() | {"sha256": "1" * 64})


OVERLAY = Overlay(
    name="my-clinic", sha256="ab" * 32, added={"rule": 2, "site": 1}, replaced={"rule": 1}
)
WITH_OVERLAY = "With the overlay my-clinic (2 rules added, 1 replaced; 1 other entry); sha256 abab"


def test_a_report_names_the_clinic_s_own_entries_in_text_markdown_and_json() -> None:
    summary = replace(KB, overlay=OVERLAY).summary()
    assessment = sample.assessment(knowledge_base=summary)
    report = build(assessment, KB)
    assert WITH_OVERLAY in as_plain(report, width=400)
    assert WITH_OVERLAY in as_markdown(report)
    assert json.loads(as_json(assessment))["knowledge_base"]["overlay"] == {
        "name": "my-clinic",
        "sha256": "ab" * 32,
        "added": {"rule": 2, "site": 1},
        "replaced": {"rule": 1},
        "extended": {},
    }


def test_without_an_overlay_a_report_speaks_of_none() -> None:
    assert "overlay" not in told()
