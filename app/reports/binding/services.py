"""The files of an edition that is folded: pages for readers with its middle in the middle, and sheets to print."""

from functools import lru_cache

from babel import Locale
from flask_babel import force_locale

from app.core import files
from app.core.printing import folding, press
from app.core.printing.folding import Binding, Measured
from app.core.printing.pdf import Sheet
from app.reports import pages
from app.reports.queries import EditionDetail
from app.reports.rules import Form

FOLDED = frozenset({Form.READERS, Form.ARCHIVE, Form.DRAFT, Form.SHEETS, Form.BOTH})
KEPT = 16
"""Booklets whose lengths are remembered, so that they are measured once for all their files."""


def folded(edition: EditionDetail, language: str, form: Form) -> bytes:
    """A file of an edition that is folded. Needs a request context for addresses.

    A booklet is printed twice: to see how long its parts are, then with its middle in the middle. Its sheets are those
    very pages, taken from the file for readers where that is kept already.
    """
    if form is Form.BOTH:
        return _back_to_back(edition, language)
    if form is Form.SHEETS:
        content, title = _for_readers(edition, language), _title(edition, language)
        return folding.imposed(content, title=title, language=language, from_right=_from_right(language))
    return press.printed(pages.sheet(edition, language, form, _binding(edition, language)))


def _for_readers(edition: EditionDetail, language: str) -> bytes:
    kept = next((each for each in edition.files if (each.language, each.form) == (language, Form.READERS)), None)
    return files.load(kept.file_hash) if kept else folded(edition, language, Form.READERS)


def _back_to_back(edition: EditionDetail, language: str) -> bytes:
    first = edition.row.languages[0]
    both = (first, language)
    bindings = folding.meeting(_measured(edition, first), _measured(edition, language))
    front, back = (
        press.printed(pages.sheet(edition, each, Form.READERS, binding))
        for each, binding in zip(both, bindings, strict=True)
    )
    return folding.back_to_back(
        front,
        back,
        title=" · ".join(_title(edition, each) for each in both),
        language=first,
        front_from_right=_from_right(first),
        back_from_right=_from_right(language),
    )


def _binding(edition: EditionDetail, language: str) -> Binding:
    document = pages.document_of(edition.row.kind)
    assert document.middle is not None  # only what has one is folded
    return folding.centered(_measured(edition, language), document.middle(pages.figures_of(edition.snapshot)))


def _measured(edition: EditionDetail, language: str) -> Measured:
    sheet = pages.sheet(edition, language, Form.READERS, Binding())
    return _lengths(sheet.document, sheet.stylesheet)


@lru_cache(maxsize=KEPT)
def _lengths(document: str, stylesheet: str) -> Measured:
    return folding.measured(press.printed(Sheet(document=document, stylesheet=stylesheet)))


def _title(edition: EditionDetail, language: str) -> str:
    with force_locale(language):
        return pages.document_of(edition.row.kind).title(pages.figures_of(edition.snapshot))


def _from_right(language: str) -> bool:
    return Locale.parse(language, sep="-").text_direction == "rtl"
