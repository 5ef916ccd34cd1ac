"""``fhir``: the questionnaire, filled forms and assessments as FHIR R4B, and checks of any file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nmt_expert.cli.options import OutputOption
from nmt_expert.cli.setup import Setup, noted
from nmt_expert.cli.subjects import SubjectName
from nmt_expert.model.errors import InputInvalid

if TYPE_CHECKING:
    from nmt_expert.model.assessment import Assessment

group = typer.Typer(
    help="Forms and results as FHIR R4B, in and out.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
CaseFile = Annotated[str, typer.Argument(metavar="CASE", help="A case file; - is standard input.")]
FhirFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="A FHIR resource as JSON; - is standard input.")
]


@group.command("questionnaire")
def questionnaire(
    ctx: typer.Context,
    intake: Annotated[
        bool, typer.Option("--intake", help="Only what a client can fill in at home.")
    ] = False,
    output: OutputOption = None,
) -> None:
    """Print the interview as a Questionnaire for any FHIR form filler.

    The intake holds the client's questions, without those that are asked in private.

    \b
    Examples:
      nmt-expert fhir questionnaire -o interview.json
      nmt-expert fhir questionnaire --intake -o intake.json
    """
    from nmt_expert.fhir.form import form_of
    from nmt_expert.fhir.questionnaire import questionnaire as as_questionnaire

    kb = ctx.obj.kb
    with noted("Writing the questionnaire"):
        _emit(ctx.obj, as_questionnaire(form_of(kb, intake=intake)), output)


@group.command("codes")
def codes(ctx: typer.Context, output: OutputOption = None) -> None:
    """Print our code systems as a Bundle: findings, answers, places, flags, conclusions.

    \b
    Examples:
      nmt-expert fhir codes -o codes.json
    """
    from nmt_expert.fhir.codes import code_systems

    _emit(ctx.obj, code_systems(ctx.obj.kb), output)


@group.command("response")
def response(ctx: typer.Context, case: CaseFile, output: OutputOption = None) -> None:
    """Print a case as a QuestionnaireResponse: the form filled in.

    \b
    Examples:
      nmt-expert fhir response case.yml -o response.json
    """
    from nmt_expert.cli.cases import read_one
    from nmt_expert.fhir.form import form_of
    from nmt_expert.fhir.response import response as as_response

    told = read_one(case, ctx.obj.kb)
    _emit(ctx.obj, as_response(told, form_of(ctx.obj.kb)), output)


@group.command("import")
def import_(ctx: typer.Context, file: FhirFile, output: OutputOption = None) -> None:
    """Print a QuestionnaireResponse as a case file; what was left empty is unknown.

    \b
    Examples:
      nmt-expert fhir import response.json -o case.yml
      nmt-expert fhir import response.json | nmt-expert assess -
    """
    from nmt_expert.cli.output import emit
    from nmt_expert.fhir.reading import case_in
    from nmt_expert.fhir.resource_file import read_resource
    from nmt_expert.kb.case_writer import case_text

    emit(case_text(case_in(read_resource(file), str(file), ctx.obj.kb)), output)


@group.command("bundle")
def bundle(ctx: typer.Context, subject: SubjectName, output: OutputOption = None) -> None:
    """Print an assessment as a Bundle: impression, observations, referrals, flags, origin.

    The client is in it as a code, and nothing that somebody typed.

    \b
    Examples:
      nmt-expert fhir bundle case.yml -o bundle.json
      nmt-expert fhir bundle 2026-11-20-1 -o bundle.json
    """
    from nmt_expert.cli.subjects import Subjects

    found = Subjects(ctx.obj).open(subject)
    with noted("Reasoning"):
        assessment = found.assessment
    emit_bundle(ctx.obj, assessment, output)


def emit_bundle(setup: Setup, assessment: "Assessment", output: Path | None) -> None:
    """Print the Bundle on one assessment, with the therapist's name where the settings hold it."""
    from nmt_expert.fhir.bundle import bundle as as_bundle
    from nmt_expert.reports.view import View

    view = View(assessment, setup.kb, country=setup.settings.country)
    _emit(setup, as_bundle(view, setup.settings.reviewer), output)


@group.command("check")
def check(ctx: typer.Context, file: FhirFile) -> None:
    """Check a resource: its shape, then codes, linkIds, conditions, references and reasons.

    \b
    Examples:
      nmt-expert fhir check bundle.json
    """
    from nmt_expert.fhir.checks import faults_in
    from nmt_expert.fhir.resource_file import read_resource

    with noted("Checking"):
        resource = read_resource(file)
        faults = faults_in(resource, str(file), ctx.obj.kb)
    if faults:
        raise InputInvalid(faults)
    print(f"{resource['resourceType']}: no faults.")


def _emit(setup: Setup, resource: dict[str, Any], output: Path | None) -> None:
    from nmt_expert.cli.output import emit
    from nmt_expert.fhir.writing import as_text

    emit(as_text(resource, setup.kb), output)
