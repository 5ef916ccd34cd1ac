"""How the store grew: one Alembic revision a change, applied when a store is opened."""
