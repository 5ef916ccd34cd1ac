"""``settings``: what is true of this therapist and this computer."""

from typing import TYPE_CHECKING, Annotated

import typer

from nmt_expert.cli.options import JsonFlag

if TYPE_CHECKING:
    from nmt_expert.reports import Report
    from nmt_expert.settings import Settings

group = typer.Typer(
    help="Show and change the settings: flags over environment over file.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="A setting; see: settings show")]
NewValue = Annotated[str, typer.Argument(metavar="VALUE", help="Its new value, or unset.")]


@group.command("show")
def show(ctx: typer.Context, json: JsonFlag = False) -> None:
    """Every setting and where it comes from.

    \b
    Example:
      nmt-expert settings show
    """
    from nmt_expert.cli.output import emit
    from nmt_expert.cli.printing import print_reports

    if json:
        emit(_as_json(ctx.obj.settings))
    else:
        print_reports([_report(ctx.obj.settings)])


@group.command("set")
def set_(name: Name, value: NewValue) -> None:
    """Write one setting to the settings file.

    \b
    Examples:
      nmt-expert settings set country GB
      nmt-expert settings set private_checklist off
    """
    from nmt_expert.settings import set_setting

    set_setting(name, value)


@group.command("path")
def path() -> None:
    """Where the settings file lies.

    \b
    Example:
      nmt-expert settings path
    """
    from nmt_expert.settings import settings_path

    print(settings_path())


def _as_json(settings: "Settings") -> str:
    import json

    values = {
        name: {"value": found.shown, "origin": found.origin, "where": found.where}
        for name, found in settings.found.items()
    }
    return json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _report(settings: "Settings") -> "Report":
    from nmt_expert.reports.document import Line, Report, Section, Table
    from nmt_expert.settings import settings_path

    rows = tuple(
        (Line(name), Line(found.shown), Line(found.where), Line(found.setting.means))
        for name, found in settings.found.items()
    )
    table = Table(("setting", "value", "from", "what it is"), rows)
    return Report(Line(f"Settings file: {settings_path()}"), (Section("Settings", (table,)),))
