"""``records postgres-setup``: the roles of a record store on a server."""

from typing import Annotated

import typer

from nmt_expert.cli.setup import Setup

Apply = Annotated[
    bool, typer.Option("--apply", help="Run it, as the login of NMT_EXPERT_DATABASE_URL.")
]


def postgres_setup(ctx: typer.Context, apply: Apply = False) -> None:
    """What therapists, students and supervisors may do in a store on PostgreSQL, as SQL.

    The script is printed, to be read and run by psql; with --apply it is run. Only the owner of
    the database can, who also makes the store by opening it first.

    \b
    Examples:
      nmt-expert records postgres-setup > roles.sql
      nmt-expert records postgres-setup --apply
    """
    from nmt_expert.cli.opening import opened
    from nmt_expert.records import roles

    if not apply:
        print(roles.script(), end="")
        return
    with opened(ctx.obj) as store:
        roles.apply(store)
        print(f"The roles {', '.join(roles.ROLES)} are set up: {store.database.place}")


def require_file(setup: Setup) -> None:
    """Refuse what is only done to a store in a file.

    Raises:
        StoreProblem: the records lie on a server.
    """
    from nmt_expert.model.errors import StoreProblem
    from nmt_expert.records.database import not_a_file

    if setup.settings.database_url is not None:
        raise StoreProblem(str(not_a_file(setup.settings.database_url.told)))
