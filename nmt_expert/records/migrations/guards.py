"""What a revision says in the words of either database: guards of tables, the mark of a store."""

from alembic import op

from nmt_expert.records.tables import APPLICATION_ID, MARK

NEVER = "0 = 1"
"""The condition of a guard that lets nothing pass."""


def on_a_server() -> bool:
    """Whether this revision runs on PostgreSQL."""
    return op.get_context().dialect.name == "postgresql"


def guard(table: str, change: str, unless: str = "") -> None:
    """Refuse an UPDATE or DELETE of a table's rows, ``unless`` a condition on OLD and NEW holds."""
    if on_a_server():
        _guard_on_a_server(table, change, unless or NEVER)
        return
    op.execute(
        f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table} "
        + (f"WHEN NOT ({unless}) " if unless else "")
        + f"BEGIN SELECT RAISE(ABORT, 'the {table} table is append-only'); END"
    )


def unguard(table: str, change: str) -> None:
    """Take a guard away, for the next one."""
    name = f"{table}_no_{change.lower()}"
    if on_a_server():
        op.execute(f"DROP TRIGGER {name} ON {table}")
        op.execute(f"DROP FUNCTION {name}()")
    else:
        op.execute(f"DROP TRIGGER {name}")


def same(*names: str) -> str:
    """The condition that a change leaves these columns as they were."""
    equals = "IS NOT DISTINCT FROM" if on_a_server() else "IS"
    return " AND ".join(f"NEW.{name} {equals} OLD.{name}" for name in names)


def mark_as_ours() -> None:
    """Mark a database as a store of this program."""
    if on_a_server():
        op.execute(f"COMMENT ON TABLE alembic_version IS '{MARK}'")
    else:
        op.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def bytes_not_null(table: str, column: str) -> None:
    """Add a column of bytes, empty in the rows that are there."""
    kind, empty = ("BYTEA", "''") if on_a_server() else ("BLOB", "x''")
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} NOT NULL DEFAULT {empty}")


def _guard_on_a_server(table: str, change: str, unless: str) -> None:
    """A trigger whose function looks into this schema only, whoever calls it with which path.

    TRUNCATE passes by the guards of rows, so it has one of its own.
    """
    schema = op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    changes = [(change, "ROW", unless)]
    if change == "DELETE":
        changes.append(("TRUNCATE", "STATEMENT", NEVER))
    for what, each, passes in changes:
        name = f"{table}_no_{what.lower()}"
        row = "NEW" if what == "UPDATE" else "OLD"
        op.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            f"SET search_path = {schema}, pg_temp AS $$ BEGIN "
            f"IF {passes} THEN RETURN {row}; END IF; "
            f"RAISE EXCEPTION 'the {table} table is append-only' "
            "USING ERRCODE = 'restrict_violation'; END $$"
        )
        op.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {what} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {name}()"
        )
