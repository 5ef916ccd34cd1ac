"""Files encrypted in the age format, extra ``[encrypted]``: for people, or under a passphrase.

Any program that reads age files opens them. The only module that knows of pyrage.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from nmt_expert.model.errors import Fault, NmtError
from nmt_expert.records.cipher import INSTALL

_BEGINS = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")


def is_sealed(content: bytes) -> bool:
    """Whether this is the content of an age file."""
    return content.startswith(_BEGINS)


def seal_for(content: bytes, recipients: Sequence[str]) -> bytes:
    """Encrypt for people: each one who has the key of a recipient (``age1…``) can open it.

    Raises:
        NmtError: the extra is not installed, or a recipient is none.
    """
    age = _library()
    try:
        keys = [age.x25519.Recipient.from_str(name.strip()) for name in recipients]
    except age.RecipientError:
        remedy = "A recipient begins with age1; age-keygen makes one."
        raise NmtError(str(Fault("recipient", "it is not one", _UNWRITTEN, remedy))) from None
    return bytes(age.encrypt(content, keys))


def seal_under(content: bytes, passphrase: str) -> bytes:
    """Encrypt under a passphrase."""
    return bytes(_library().passphrase.encrypt(content, passphrase))


def open_sealed(
    content: bytes, name: str, identity: Path | None, passphrase: Callable[[], str]
) -> bytes:
    """What is in an age file, with the key in an identity file, or else a passphrase.

    Raises:
        NmtError: the extra is not installed, or neither opens it.
    """
    age = _library()
    try:
        if identity is not None:
            return bytes(age.decrypt(content, _identities(age, identity)))
        return bytes(age.passphrase.decrypt(content, passphrase()))
    except age.DecryptError as error:
        raise NmtError(str(_unopened(name, str(error)))) from None


def _unopened(name: str, reason: str) -> Fault:
    """A passphrase takes a second of work where it was set; a much slower computer gives up."""
    if "work" in reason:
        says = "opening it with a passphrase would take this computer too long just now"
        return Fault(name, says, "Nothing was read.", "Try again when it has less to do.")
    return Fault(name, "the key or passphrase does not open it", "Nothing was read.")


def _identities(age: Any, file: Path) -> list[Any]:
    """The keys in an identity file; lines that begin with # are its owner's notes."""
    try:
        lines = [line.strip() for line in file.read_text("utf-8").splitlines()]
        return [age.x25519.Identity.from_str(x) for x in lines if x and not x.startswith("#")]
    except (OSError, UnicodeDecodeError, age.IdentityError):
        fault = Fault(str(file), "it is no identity file that can be read", "Nothing was read.")
        raise NmtError(str(fault)) from None


def _library() -> Any:
    try:
        import pyrage
    except ImportError:
        says = "the library for encrypted files (pyrage) is not installed"
        raise NmtError(str(Fault("encrypted file", says, _UNWRITTEN, INSTALL))) from None
    return pyrage


_UNWRITTEN = "Nothing was written or read."
