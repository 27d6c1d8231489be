"""The one module that knows WeasyPrint: an HTML document in, a tagged PDF (PDF/UA-1) out, nothing fetched."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ASSETS = Path(__file__).resolve().parent.parent.parent / "static"
KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".css": "text/css", ".woff2": "font/woff2"}
PDF_UA = "pdf/ua-1"


class ForeignAddress(ValueError):
    """A document asked for something that is not one of our own bundled files."""


def render(document: str, *, stylesheet: str = "css/report.css") -> bytes:
    """The PDF of `document` (a whole HTML page), styled by the bundled `stylesheet`.

    The same document gives the same bytes with the same fonts and version. It fetches nothing but `asset:` names of
    files under `static/`; anything else raises ForeignAddress. Takes a second or more: call it from a worker.
    """
    weasyprint = _library()
    fetcher = _fetcher(weasyprint)
    html = weasyprint.HTML(string=document, url_fetcher=fetcher, base_url="asset:/")
    css = weasyprint.CSS(string=(ASSETS / stylesheet).read_text(), url_fetcher=fetcher, base_url="asset:/css/")
    try:
        pdf: bytes = html.write_pdf(stylesheets=[css], pdf_variant=PDF_UA, pdf_tags=True)
    except weasyprint.urls.FatalURLFetchingError as reason:
        raise ForeignAddress(str(reason)) from reason
    return pdf


def bundled(address: str) -> tuple[bytes, str]:
    """The bytes and media type of the bundled file that `asset:/path` names; ForeignAddress for all else."""
    parts = urlsplit(address)
    path = (ASSETS / parts.path.lstrip("/")).resolve()
    known = parts.scheme == "asset" and path.is_relative_to(ASSETS) and path.suffix in KINDS and path.is_file()
    if not known:
        raise ForeignAddress(address)
    return path.read_bytes(), KINDS[path.suffix]


def version() -> str:
    """The library's version, which belongs to what a file hash depends on."""
    return str(_library().__version__)


def _library() -> Any:
    import weasyprint

    return weasyprint


def _fetcher(weasyprint: Any) -> Any:
    class BundledOnly(weasyprint.urls.URLFetcher):  # type: ignore[misc]  # the library is loaded late, on purpose
        def fetch(self, url: str, headers: Any = None) -> Any:
            content, kind = bundled(url)
            return weasyprint.urls.URLFetcherResponse(url, content, {"Content-Type": kind})

    return BundledOnly(allowed_protocols={"asset"}, allow_redirects=False, fail_on_errors=True)
