"""The one module that knows WeasyPrint: an HTML document in, a tagged PDF out, nothing fetched."""

import hashlib
import logging
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from app.core.printing.columns import fix as fix_columns

ROOT = Path(__file__).resolve().parents[3]
ASSETS = ROOT / "static"
OURS = (ROOT / "app", ROOT / "templates", ASSETS / "css", ASSETS / "img")
SET_FROM = frozenset({".py", ".html", ".txt", ".mo", ".css", ".svg", ".png"})
"""Where everything of ours lies that a paper is set from, and how such files end."""
KINDS = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".css": "text/css",
    ".woff2": "font/woff2",
}
MADE = "made/"
"""Where a document finds what came with it: `asset:/made/<name>`."""
FAMILIES = ("Noto Sans", "Noto Sans:bold", "Noto Sans:italic", "Noto Sans Mono", "Noto Sans Arabic", "DejaVu Sans")
STEPS = 7
"""How many steps the library tells of while it makes a file."""


class Variant(StrEnum):
    """Which standard a file follows: PDF/UA-1 for readers, PDF/A-3a, which can carry data, for the archive."""

    READERS = "pdf/ua-1"
    ARCHIVE = "pdf/a-3a"


class ForeignAddress(ValueError):
    """A document asked for something that is not one of our own bundled files, nor came with it."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything a PDF is made of: a whole HTML page, how it looks, and the files that came with it.

    `at` is the moment, in UTC, that attached files say they were made: the same sheet gives the same bytes.
    `made` are pictures the page shows as `asset:/made/<name>`; `attached` are files that the archive copy carries.
    `closer` are classes of the whole document, each of which sets it closer than the one before: they are tried in
    their order while it takes more than so many `pages`.
    """

    document: str
    stylesheet: str = "css/report.css"
    variant: Variant = Variant.READERS
    at: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    made: Mapping[str, bytes] = field(default_factory=dict)
    attached: Mapping[str, bytes] = field(default_factory=dict)
    closer: Sequence[str] = ()
    pages: int = 1


def rendered(sheet: Sheet) -> bytes:
    """The PDF of a sheet, made in this process: see `core/printing/press.py` for a process of its own, with limits.

    The same sheet gives the same bytes with the same fonts and version. It fetches nothing but `asset:` names of
    files under `static/` and of what came with it; anything else raises ForeignAddress. Takes a second or more.
    """
    weasyprint = _library()
    fetcher = _fetcher(weasyprint, sheet.made)
    html = _parsed(sheet, fetcher)
    css = weasyprint.CSS(string=(ASSETS / sheet.stylesheet).read_text(), url_fetcher=fetcher, base_url="asset:/css/")
    attached = [
        weasyprint.Attachment(string=content, name=name, relationship="Data", created=sheet.at, modified=sheet.at)
        for name, content in sheet.attached.items()
    ]
    options = weasyprint.DEFAULT_OPTIONS | {
        "stylesheets": [css],
        "pdf_variant": sheet.variant.value,
        "pdf_tags": True,
        "attachments": attached,
    }
    try:
        document = html.render(**options)
        for closer in sheet.closer:
            if len(document.pages) <= sheet.pages:
                break
            document = _parsed(sheet, fetcher, closer).render(**options)
        pdf: bytes = document.write_pdf(**options)
    except weasyprint.urls.FatalURLFetchingError as reason:
        raise ForeignAddress(str(reason)) from reason
    return pdf


def _parsed(sheet: Sheet, fetcher: Any, closer: str = "") -> Any:
    html = _library().HTML(string=sheet.document, url_fetcher=fetcher, base_url="asset:/")
    root = html.etree_element
    if closer:
        root.set("class", f"{root.get('class', '')} {closer}".strip())
    fix_columns(root)
    return html


def listen(hear: Callable[[int], None]) -> None:
    """Have `hear` told each step of what is made in this process from now on, 1 to STEPS, and none of them again."""

    class Steps(logging.Handler):
        last = 0

        def emit(self, record: logging.LogRecord) -> None:
            said = record.getMessage()
            if said.startswith("Step ") and said[5:6].isdigit() and int(said[5]) > self.last:
                self.last = int(said[5])
                hear(self.last)

    log = logging.getLogger("weasyprint.progress")
    log.addHandler(Steps())
    log.setLevel(logging.INFO)


def bundled(address: str, made: Mapping[str, bytes] | None = None) -> tuple[bytes, str]:
    """The bytes and media type of the file that `asset:/path` names, bundled or `made`; ForeignAddress for all else."""
    parts = urlsplit(address)
    if parts.scheme != "asset":
        raise ForeignAddress(address)
    name = parts.path.lstrip("/")
    kind = KINDS.get(Path(name).suffix)
    came = (made or {}).get(name.removeprefix(MADE)) if name.startswith(MADE) else None
    if came is not None and kind is not None:
        return came, kind
    path = (ASSETS / name).resolve()
    if kind is None or not path.is_relative_to(ASSETS) or not path.is_file():
        raise ForeignAddress(address)
    return path.read_bytes(), kind


@cache
def renderer() -> str:
    """The library and marks of the fonts and of what is ours: with the same ones a sheet gives the same bytes.

    What a paper says and how it looks comes from templates, styles, translations and the program itself (decision 55).
    """
    fonts, ours = hashlib.sha256(), hashlib.sha256()
    for family in FAMILIES:
        for file in _asked("fc-match", "-f", "%{file}", family):
            fonts.update(Path(file).read_bytes())
    for path in sorted(each for folder in OURS for each in folder.rglob("*") if each.suffix in SET_FROM):
        ours.update(f"{path.relative_to(ROOT)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    version = metadata.version("weasyprint")
    return f"WeasyPrint {version}, fonts {fonts.hexdigest()[:12]}, ours {ours.hexdigest()[:12]}"


@cache
def has_letters_of(language: str) -> bool:
    """Whether this machine has a font for the letters of a language (a BCP 47 code)."""
    return bool(_asked("fc-list", f":lang={language.partition('-')[0]}", "file"))


def _asked(*command: str) -> list[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        return []


@cache
def _library() -> Any:
    import weasyprint

    # The library draws words in a drawing letter by letter, which tears joined letters apart and turns around words
    # that are read from the right. Nothing of ours gives single letters places of their own.
    node = weasyprint.svg.Node
    own = node.text.fget
    node.text = property(lambda here: _Words(own(here) or ""))
    return weasyprint


class _Words(str):
    """Words that are drawn in one piece: whoever goes through them letter by letter gets all at once."""

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def _fetcher(weasyprint: Any, made: Mapping[str, bytes]) -> Any:
    class BundledOnly(weasyprint.urls.URLFetcher):  # type: ignore[misc]  # the library is loaded late, on purpose
        def fetch(self, url: str, headers: Any = None) -> Any:
            content, kind = bundled(url, made)
            return weasyprint.urls.URLFetcherResponse(url, content, {"Content-Type": kind})

    return BundledOnly(allowed_protocols={"asset"}, allow_redirects=False, fail_on_errors=True)
