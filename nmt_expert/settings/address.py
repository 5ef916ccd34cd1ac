"""The address of a database server, as libpq writes it; shown to nobody with its password."""

from urllib.parse import urlsplit

_SCHEMES = ("postgresql", "postgres")
_MOST = 2000
_MARKS = "Write @ / ? # : in a password as %40 %2F %3F %23 %3A."


class ServerAddress(str):
    """The address, password and all; ``told`` is what may be shown of it."""

    @property
    def told(self) -> str:
        """Who, where, which database: no password, and none of the parameters behind ``?``."""
        parts = urlsplit(self)
        user = f"{parts.username}@" if parts.username else ""
        place = parts.netloc.rpartition("@")[2]
        return f"postgresql://{user}{place}{parts.path}"


def server_address(text: str) -> ServerAddress:
    """The address that a text is.

    An ``@`` anywhere but before the host is refused: part of a password would be read as a name,
    and told.

    Raises:
        ValueError: it is none; the text says what to write instead, and nothing of what was given.
    """
    try:
        parts = urlsplit(text)
        named = parts.scheme in _SCHEMES and text.startswith(f"{parts.scheme}://")
        whole = parts.port is None or parts.port > 0
    except ValueError:
        raise ValueError(_MARKS) from None
    if not named or not whole or len(text) > _MOST:
        raise ValueError("It begins with postgresql://.")
    if text.count("@") > parts.netloc.count("@") or text.count("@") > 1 or parts.fragment:
        raise ValueError(_MARKS)
    return ServerAddress(text)
