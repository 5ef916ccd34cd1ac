"""Functions that each database calls by another name."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class place_in(FunctionElement[int]):
    """Where a word first occurs in a text, counted from 1; 0 when it does not."""

    name = "place_in"
    type = Integer()
    inherit_cache = True


@compiles(place_in, "sqlite")
def _in_a_file(element: place_in, compiler: Any, **how: Any) -> str:
    return f"instr({compiler.process(element.clauses, **how)})"


@compiles(place_in, "postgresql")
def _on_a_server(element: place_in, compiler: Any, **how: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **how)})"
