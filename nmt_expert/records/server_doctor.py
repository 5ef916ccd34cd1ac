"""Look a store on a server over without changing it: what the login sees of it."""

from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import Connection

from nmt_expert.model.errors import StoreProblem
from nmt_expert.records.database import Database
from nmt_expert.records.dialects.postgres import OnServer
from nmt_expert.records.doctor import LOCKS, Check, check, held
from nmt_expert.records.roles import held as roles_held
from nmt_expert.records.schema import revision_of
from nmt_expert.records.tables import REVISION
from nmt_expert.settings import ServerAddress

_WAIT = 5.0
_DURABLE = ("fsync", "full_page_writes")
_TELLING = {"log_statement": "none", "log_min_duration_statement": "-1"}
_KEEPER = "Whoever keeps the server sets it: {}."


def examine_server(url: ServerAddress, at: str) -> tuple[Check, ...]:
    """Every check of a store on a server; nothing is written, not even a new version."""
    try:
        dialect = OnServer(url, _WAIT)
        with closing(Database(dialect)) as database, database.read() as connection:
            return tuple(_checks(connection, dialect, at))
    except StoreProblem as problem:
        remedy = "Check the address, the network and the server."
        return (Check(what="server", state="wrong", says=str(problem), remedy=remedy),)


def _checks(connection: Connection, dialect: OnServer, at: str) -> Iterator[Check]:
    yield Check(what="server", state="note", says=f"PostgreSQL {_shown(connection)}")
    yield _way(connection)
    for name in _DURABLE:
        remedy = "Whoever keeps the server turns it on: a power cut may lose what was acknowledged."
        found = _setting(connection, name)
        yield check(name, found == "on", found, remedy)
    encoding = _setting(connection, "server_encoding")
    yield check("encoding", encoding == "UTF8", encoding, "Make a new database: ENCODING 'UTF8'.")
    for name, quiet in _TELLING.items():
        found = _setting(connection, name)
        remedy = _KEEPER.format(f"{name} = {quiet}, or the log repeats what clients said")
        yield check(name, found in (quiet, "ddl"), found, remedy)
    yield from _store(connection, dialect, at)


def _store(connection: Connection, dialect: OnServer, at: str) -> Iterator[Check]:
    if not dialect.tables(connection):
        yield Check(what="store", state="note", says="there is no store in this database yet")
        return
    owner = "SELECT pg_has_role(tableowner, 'MEMBER') FROM pg_tables WHERE tablename = 'journal'"
    roles = roles_held(connection)
    owns = bool(connection.exec_driver_sql(owner).scalar())
    says = "the owner" if owns else ", ".join(roles)
    remedy = "The owner puts it into a role: nmt-expert records postgres-setup"
    yield check("login", bool(says), says or "it has none of the roles", remedy)
    if not says:
        return
    version = revision_of(connection, dialect) or ""
    says = f"{version}; this program writes {REVISION}"
    yield check("version", version <= REVISION, says, "Install the newer nmt-expert.")
    if owns or set(roles) - {"nmt_student"}:
        yield from held(connection.exec_driver_sql(LOCKS), at)


def _way(connection: Connection) -> Check:
    """How records travel."""
    query = (
        "SELECT inet_server_addr() IS NULL, ssl, version FROM pg_stat_ssl "
        "WHERE pid = pg_backend_pid()"
    )
    socket, ssl, version = connection.exec_driver_sql(query).one()
    says = "a socket of this computer" if socket else "this computer only, in plain words"
    return Check(what="way", state="note", says=f"encrypted ({version})" if ssl else says)


def _shown(connection: Connection) -> str:
    login = connection.exec_driver_sql("SELECT current_user").scalar_one()
    return f"{_setting(connection, 'server_version')}, logged in as {login}"


def _setting(connection: Connection, name: str) -> str:
    query = "SELECT current_setting(%s)"
    return str(connection.exec_driver_sql(query, (name,)).scalar_one())
