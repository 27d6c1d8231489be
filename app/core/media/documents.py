"""PDF files that people send: looked at by what is in them, and written anew without anything that acts by itself."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Any, BinaryIO

import pikepdf
from pikepdf.settings import set_qpdf_limits

from app.core.media.pictures import is_archive_too, weight

MOST_BYTES = 8_000_000
MOST_PAGES = 100
MOST_OBJECTS = 100_000
MOST_UNFOLDED = 64_000_000
"""What one packed part may unfold to, in bytes."""

set_qpdf_limits(
    flate_max_memory=MOST_UNFOLDED,
    run_length_max_memory=MOST_UNFOLDED,
    png_max_memory=MOST_UNFOLDED,
    tiff_max_memory=MOST_UNFOLDED,
    dct_max_memory=MOST_UNFOLDED,
    parser_max_container_size=MOST_OBJECTS,
)


class Fault(StrEnum):
    """Why something is not taken as a PDF."""

    EMPTY = "empty"
    TOO_HEAVY = "too_heavy"
    OTHER_KIND = "other_kind"
    TWO_IN_ONE = "two_in_one"
    LOCKED = "locked"
    TOO_LONG = "too_long"
    BROKEN = "broken"


class NotADocument(ValueError):
    """What was sent cannot be taken; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, kw_only=True)
class Document:
    """A PDF that we have written: its bytes and how many pages it has."""

    content: bytes
    pages: int


def joined(files: Iterable[bytes], *, title: str) -> bytes:
    """PDFs of our own making as one, page after page, for a printer: what they said to screen readers is left out."""
    out = BytesIO()
    with ExitStack() as opened:
        whole = opened.enter_context(pikepdf.new())
        for content in files:
            part = opened.enter_context(pikepdf.open(BytesIO(content)))
            whole.pages.extend(part.pages)
        for page in whole.pages:
            if "/StructParents" in page.obj:
                del page.obj["/StructParents"]
        whole.docinfo["/Title"] = title
        whole.save(out, deterministic_id=True)
    return out.getvalue()


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A page of one of several files, both counted from 0, and whether it stands on its head."""

    file: int
    page: int
    is_turned: bool = False


SHEET = (841.89, 595.28)
"""A sheet of A4 on its side, in points: it holds two pages of A5."""


def destinations(content: bytes) -> tuple[int, dict[str, int]]:
    """How many pages a PDF of our own making has, and on which of them each named destination is; they count from 1."""
    with pikepdf.open(BytesIO(content)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        places = _rooms(pdf) if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names else {}
        return len(pdf.pages), {name: numbers[where[0].obj.objgen] for name, where in places.items()}


def two_by_two(
    files: Iterable[bytes], sides: Iterable[tuple[Leaf | None, Leaf | None]], *, title: str, language: str
) -> bytes:
    """Pages of PDFs of our own making, two on each side of a sheet, for a printer who turns it at the short edge.

    What they said to screen readers is left out.
    """
    out = BytesIO()
    with ExitStack() as opened:
        sources = [opened.enter_context(pikepdf.open(BytesIO(content))) for content in files]
        whole = opened.enter_context(pikepdf.new())
        whole.docinfo["/Title"] = title
        whole.Root.Lang = pikepdf.String(language)
        whole.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True, Duplex=pikepdf.Name.DuplexFlipShortEdge)
        for side in sides:
            sheet = whole.add_blank_page(page_size=SHEET)
            for half, leaf in enumerate(side):
                if leaf is not None:
                    _put(whole, sheet, half, sources[leaf.file].pages[leaf.page], is_turned=leaf.is_turned)
        whole.save(out, deterministic_id=True)
    return out.getvalue()


def _put(whole: pikepdf.Pdf, sheet: pikepdf.Page, half: int, page: pikepdf.Page, *, is_turned: bool) -> None:
    name = pikepdf.Name(f"/Page{half}")
    sheet.add_resource(whole.copy_foreign(page.as_form_xobject()), pikepdf.Name.XObject, name=name)
    left, foot, right, top = (float(each) for each in page.mediabox.as_list())
    x = half * SHEET[0] / 2 + (SHEET[0] / 2 - (right - left)) / 2 - left
    y = (SHEET[1] - (top - foot)) / 2 - foot
    turn = f"-1 0 0 -1 {x + right + left:.3f} {y + top + foot:.3f}" if is_turned else f"1 0 0 1 {x:.3f} {y:.3f}"
    sheet.contents_add(f"q {turn} cm {name} Do Q\n".encode())


def rewritten(file: BinaryIO, *, title: str) -> Document:
    """The PDF in `file` under `title`, without scripts, actions, files inside it, and the names of who made it.

    Links within it and to the web stay. Raises NotADocument: it must be whole and open without a password.
    """
    _check_kind(file)
    try:
        with pikepdf.open(file, attempt_recovery=False, suppress_warnings=True) as pdf:
            return _written(pdf, title)
    except pikepdf.PasswordError as reason:
        raise NotADocument(Fault.LOCKED) from reason
    except NotADocument:
        raise
    except Exception as reason:  # whatever the library says about a hostile file: it is not a PDF that we can show
        raise NotADocument(Fault.BROKEN) from reason


def laid_on(content: bytes, papers: Mapping[str, bytes]) -> bytes:
    """A PDF with the pages of papers drawn where it keeps room: page n of `name` from its destination `<name>-<n>` on.

    Each page is made smaller where it must be, and whole. What is drawn is passed over by screen readers, so the room
    has to say what stands there; and since nobody can vouch for a paper, the result makes no promise to be PDF/UA.
    The same bytes give the same bytes.
    """
    with ExitStack() as sources, pikepdf.open(BytesIO(content)) as pdf:
        rooms = _rooms(pdf)
        for name, paper in papers.items():
            source = sources.enter_context(pikepdf.open(BytesIO(paper), suppress_warnings=True))
            for number, page in enumerate(source.pages, 1):
                _lay(pdf, rooms[f"{name}-{number}"], page, pikepdf.Name(f"/{name}-{number}"))
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
            told.pop("pdfuaid:part", None)
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


MARGIN_AT_FOOT = 60
"""Points below a paper that belong to the page it is drawn on: its footer."""


def _rooms(pdf: pikepdf.Pdf) -> dict[str, tuple[pikepdf.Page, float, float]]:
    """The named destinations of a PDF: page, distance from its left edge, height above its foot."""
    flat = pdf.Root.Names.Dests.Names.as_list()
    pairs = zip(flat[::2], flat[1::2], strict=True)
    return {str(name): (pikepdf.Page(where[0]), float(where[2]), float(where[3])) for name, where in pairs}


def _lay(pdf: pikepdf.Pdf, room: tuple[pikepdf.Page, float, float], page: pikepdf.Page, name: pikepdf.Name) -> None:
    on, left, top = room
    drawing = pdf.copy_foreign(page.as_form_xobject())
    on.add_resource(drawing, pikepdf.Name.XObject, name=name)
    right = float(on.mediabox[2]) - left
    wide, high = _size(page)
    scale = min(1, (right - left) / wide, (top - MARGIN_AT_FOOT) / high)
    box = pikepdf.Rectangle(left, top - scale * high, right, top)
    placed = on.calc_form_xobject_placement(
        drawing, name, box, invert_transformations=True, allow_shrink=True, allow_expand=False
    )
    on.contents_add(b"/Artifact BMC\n" + placed + b"\nEMC\n", prepend=True)


def _size(page: pikepdf.Page) -> tuple[float, float]:
    """How wide and how high a page is as it is looked at, in points."""
    left, foot, right, top = (float(each) for each in page.trimbox.as_list())
    turned = int(page.obj.get("/Rotate", 0)) % 180 != 0
    return (top - foot, right - left) if turned else (right - left, top - foot)


def _check_kind(file: BinaryIO) -> None:
    size = weight(file)
    if size == 0:
        raise NotADocument(Fault.EMPTY)
    if size > MOST_BYTES:
        raise NotADocument(Fault.TOO_HEAVY)
    if file.read(5) != b"%PDF-":
        raise NotADocument(Fault.OTHER_KIND)
    if is_archive_too(file):
        raise NotADocument(Fault.TWO_IN_ONE)
    file.seek(0)


def _written(pdf: pikepdf.Pdf, title: str) -> Document:
    if pdf.is_encrypted:
        raise NotADocument(Fault.LOCKED)
    pages = len(pdf.pages)
    if pages > MOST_PAGES or len(pdf.objects) > MOST_OBJECTS:
        raise NotADocument(Fault.TOO_LONG)
    if pages == 0:
        raise NotADocument(Fault.BROKEN)
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and _is_photo(each):
            _untell(each)
    for each in _dictionaries(pdf):
        _make_harmless(each)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    pdf.docinfo["/Title"] = title
    out = BytesIO()
    pdf.save(out)
    return Document(content=out.getvalue(), pages=pages)


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file, those of streams and those inside others too."""
    for whole in pdf.objects:
        inside: list[Any] = [whole]
        while inside:
            each = inside.pop()
            if isinstance(each, pikepdf.Stream):
                each = each.stream_dict
            if isinstance(each, pikepdf.Dictionary):
                yield each
                inside += [value for _name, value in each.items() if _is_container(value)]
            elif isinstance(each, pikepdf.Array):
                inside += [value for value in each.as_list() if _is_container(value)]


def _is_photo(stream: pikepdf.Stream) -> bool:
    return _as_list(stream.get("/Filter"))[-1:] == [pikepdf.Name.DCTDecode]


def _untell(photo: pikepdf.Stream) -> None:
    settings = _as_list(photo.get("/DecodeParms"))
    kept = settings[-1] if settings and isinstance(settings[-1], pikepdf.Dictionary) else None
    photo.write(_untold(_unpacked(photo)), filter=pikepdf.Name.DCTDecode, decode_parms=kept)


def _unpacked(photo: pikepdf.Stream) -> bytes:
    """The JPEG itself, where writers of PDFs have packed it once more; within the limits for what unfolds."""
    around, settings = _as_list(photo.get("/Filter"))[:-1], _as_list(photo.get("/DecodeParms"))[:-1]
    if not around:
        return photo.read_raw_bytes()
    photo.write(photo.read_raw_bytes(), filter=pikepdf.Array(around), decode_parms=pikepdf.Array(settings))
    return photo.read_bytes()


def _as_list(value: Any) -> list[Any]:
    """What stands at an entry that may hold one thing or several."""
    if value is None:
        return []
    return list(value.as_list()) if isinstance(value, pikepdf.Array) else [value]


def _untold(jpeg: bytes) -> bytes:
    """A photograph inside a PDF without the parts that tell where, when and by whom; its pixels stay as they are."""
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != _PIXELS_BEGIN:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        if jpeg[at + 1] not in _TELLING_PARTS:
            kept.append(jpeg[at:end])
        at = end
    return b"".join([*kept, jpeg[at:]])


_PIXELS_BEGIN, _TELLING_PARTS = 0xDA, frozenset({0xE1, 0xED, 0xFE})


def _is_container(value: Any) -> bool:
    # What stands by itself in the file has its own turn.
    return isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect


_NEVER = tuple("/AA /OpenAction /JavaScript /JS /EmbeddedFiles /EF /AF /AcroForm /XFA /Collection".split())
_TELLING = ("/Metadata", "/PieceInfo")
_ACTING = frozenset(
    "/JavaScript /Launch /SubmitForm /ImportData /ResetForm /GoToR /GoToE /Rendition /Sound /Movie /Named /Hide"
    " /SetOCGState /GoTo3DView /RichMediaExecute /Trans /Thread".split()
)
_PLAYED = frozenset("/FileAttachment /RichMedia /Screen /Movie /Sound /3D".split())
_WEB = ("http://", "https://", "mailto:")


def _make_harmless(each: Any) -> None:
    kind = str(each.get("/S", ""))
    away = kind == "/URI" and not str(each.get("/URI", "")).lower().startswith(_WEB)
    if away or kind in _ACTING:
        for name in list(each.keys()):
            del each[name]
    if kind in ("/URI", "/GoTo") and "/Next" in each:
        del each["/Next"]
    for name in (*_NEVER, *_TELLING):
        if name in each:
            del each[name]
    notes = each.get("/Annots")
    if isinstance(notes, pikepdf.Array):
        each["/Annots"] = pikepdf.Array([note for note in notes.as_list() if not _is_played(note)])


def _is_played(note: Any) -> bool:
    return isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype", "")) in _PLAYED
