"""Therapist, student, supervisor: what each may do in a store on a server, as one SQL script."""

from importlib.resources import files

from sqlalchemy import Connection

from nmt_expert.model.errors import Fault, StoreProblem
from nmt_expert.records.store import Store

ROLES = ("nmt_therapist", "nmt_student", "nmt_supervisor")


def script() -> str:
    """The script, to be read, and run by psql."""
    return files("nmt_expert.records.dialects").joinpath("roles.sql").read_text("utf-8")


def apply(store: Store) -> None:
    """Run the script in one transaction, as the login that opened the store.

    Raises:
        StoreProblem: the store is in a file, or the login may not do it.
    """
    if store.database.dialect.file is not None:
        fault = Fault(
            place=store.database.place,
            says="the records lie in a file, which has one user and no roles",
            consequence="Nothing was changed.",
            remedy="Name a server with NMT_EXPERT_DATABASE_URL.",
        )
        raise StoreProblem(str(fault))
    inside = script().replace("\nBEGIN;\n", "\n").replace("\nCOMMIT;\n", "\n")
    with store.database.write() as connection:
        connection.execution_options(no_parameters=True).exec_driver_sql(inside)


def held(connection: Connection) -> tuple[str, ...]:
    """Which of the roles the login has."""
    query = "SELECT rolname FROM pg_roles WHERE pg_has_role(rolname, 'MEMBER')"
    return tuple(one for one in ROLES if one in set(connection.exec_driver_sql(query).scalars()))
