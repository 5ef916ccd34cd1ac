"""Run by Alembic: the migrations join the transaction that the opened store is in."""

from alembic import context

from nmt_expert.records.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
context.run_migrations()
