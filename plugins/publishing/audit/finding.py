"""A finding: what is wrong in which file of a built site, and what to do."""

from msgspec import Struct


class Finding(Struct, frozen=True, order=True):
    """What an audit found: `path` is relative to the site's folder, `address` the file's on the
    site, `rule` a name of the rules; `message` and `remedy` are whole sentences.
    """

    path: str
    address: str
    rule: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.address}: {self.message} {self.remedy}"
