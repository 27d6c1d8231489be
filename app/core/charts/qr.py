"""A QR code of an address as SVG, for paper; the address always stands beside it in words."""

import segno
from markupsafe import Markup


def qr(address: str, *, title: str) -> Markup:
    """The code of `address` with `title` as its alternative text."""
    code = segno.make(address, error="m", micro=False)
    drawn = code.svg_inline(scale=4, border=2, title=title, svgclass=None, lineclass=None, omitsize=True)
    return Markup(drawn)  # segno escapes the title; the rest is its own drawing
