"""Why a file is not taken, in words that say what to do instead."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask_babel import lazy_gettext as _

from app.core.errors import DomainError
from app.core.media import documents, pictures

_EMPTY = _("This file is empty. Choose another one.")
_TWO_IN_ONE = _("This file is two things in one, which can harm people who open it. Save it once more and send that.")
NO_PICTURE: Mapping[pictures.Fault, Any] = {
    pictures.Fault.EMPTY: _EMPTY,
    pictures.Fault.TOO_HEAVY: _("This picture weighs more than 12 MB. Make it smaller, then send it again."),
    pictures.Fault.HEIC: _(
        "This is a HEIC picture, which many people cannot open. Save it as JPEG, or take a screenshot of it. On an"
        " iPhone: Settings, Camera, Formats, Most Compatible."
    ),
    pictures.Fault.SVG: _("SVG drawings can hold programs. Save it as PNG and send that."),
    pictures.Fault.OTHER_KIND: _("This is no picture we can show. Send a JPEG, PNG or WebP."),
    pictures.Fault.TWO_IN_ONE: _TWO_IN_ONE,
    pictures.Fault.TOO_MANY_PIXELS: _("This picture has too many pixels. Make it smaller, or send it as JPEG."),
    pictures.Fault.ANIMATED: _("Pictures that move can make people ill. Send one that stands still."),
    pictures.Fault.BROKEN: _("This picture is damaged or was cut off on its way. Try again, or send another one."),
}
NO_PDF: Mapping[documents.Fault, Any] = {
    documents.Fault.EMPTY: _EMPTY,
    documents.Fault.TOO_HEAVY: _("This PDF weighs more than 8 MB. Make it smaller, then send it again."),
    documents.Fault.OTHER_KIND: _("This is no PDF. In your program, choose “Save as PDF” and send that."),
    documents.Fault.TWO_IN_ONE: _TWO_IN_ONE,
    documents.Fault.LOCKED: _("This PDF is locked. Save it without a password and without restrictions."),
    documents.Fault.TOO_LONG: _("This PDF has more than 100 pages. Send only those that matter here."),
    documents.Fault.BROKEN: _("This PDF is damaged or was cut off on its way. Print it to a new PDF and send that."),
}


@contextmanager
def said_at_file() -> Iterator[None]:
    """Turn the fault of a picture or PDF that is made anew in the block into a refusal at the field `file`."""
    try:
        yield
    except pictures.NotAPicture as reason:
        raise DomainError(reason.fault.value, str(NO_PICTURE[reason.fault]), field="file") from reason
    except documents.NotADocument as reason:
        raise DomainError(reason.fault.value, str(NO_PDF[reason.fault]), field="file") from reason
