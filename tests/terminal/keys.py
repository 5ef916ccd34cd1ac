"""Keys that reach the real prompts through a pipe instead of a keyboard."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from nmt_expert.terminal.keyboard import Keyboard
from nmt_expert.terminal.streams import Streams


@contextmanager
def at_keys(typed: str) -> Iterator[Keyboard]:
    """A keyboard on which this was typed all at once."""
    with create_pipe_input() as pipe:
        streams = Streams(
            stdout=io.StringIO(), environ={"TERM": "xterm"}, interactive=True, keys=pipe,
            panel=DummyOutput(),
        )  # fmt: skip
        pipe.send_bytes(typed.encode("utf-8", "replace"))
        with streams.session():
            yield Keyboard(streams)
