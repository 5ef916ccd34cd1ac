"""Text on its way to paper or screen: one line, with nothing in it that steers or hides."""

from nmt_expert.model.text import clean


def one_line(text: str) -> str:
    """The text cleaned, all white space made single spaces."""
    return " ".join(clean(text).split())
