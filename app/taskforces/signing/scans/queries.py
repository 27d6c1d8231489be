"""Reading the scan of a paper."""

import structlog

from app.core import files
from app.core.errors import NotFound

log = structlog.get_logger()
MARK = 16
"""How many random bytes stand before the content of a kept file, so that no two share one."""


def content(digest: str) -> bytes:
    """The picture or PDF kept under this hash; NotFound where it is gone."""
    try:
        return files.load(digest)[MARK:]
    except files.MissingFile as reason:  # after an older backup was put back: the page still has its words
        log.error("scan is gone", digest=digest)
        raise NotFound from reason
