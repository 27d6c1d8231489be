"""How facts are written on a page: money, dates, shares, and addresses of static files."""

import hashlib
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from babel.units import format_unit
from flask import Flask, current_app, url_for
from flask_babel import get_locale
from markupsafe import Markup, escape

from app.core.bidi import isolated
from app.core.moments import day, day_range, last_minute, local_day, moment
from app.core.money import symbol, written
from app.core.numbers import percent
from app.voting.sealing.readable import grouped

CELL = re.compile(r"<(tr|t[hd])\b")
LABEL = "data-label="


def init_filters(app: Flask) -> None:
    """Give templates their filters and `static_url`."""
    app.jinja_env.filters.update(money=written, symbol=symbol, percent=percent)
    written_days = (day, local_day, day_range, moment, last_minute)
    app.jinja_env.filters.update({each.__name__: _whole(each) for each in written_days})
    app.jinja_env.filters.update(groups=groups, on_this_site=on_this_site)
    app.jinja_env.filters.update(file_size=file_size, isolated=isolated, labelled=labelled)
    static = Path(app.static_folder or "")

    @cache
    def fingerprint(path: str) -> str:
        return hashlib.sha256((static / path).read_bytes()).hexdigest()[:12]

    def static_url(path: str) -> str:
        return url_for("static", filename=path, v=fingerprint(path))

    app.jinja_env.globals["static_url"] = static_url


def _whole(written_as: Callable[..., str]) -> Callable[..., str]:
    """Days and moments stay whole beside names and numbers where the page is read from the right."""
    return lambda *given, **more: str(isolated(written_as(*given, **more)))


def on_this_site(path: str) -> str:
    """The whole address of a page on the configured site, never on the host that a request named."""
    site: str = current_app.config["SITE_URL"]
    return site.rstrip("/") + path


def labelled(rows: Markup, columns: Iterable[object]) -> Markup:
    """Rows of a table whose cells say the words of their column, for screens on which each row is a sheet of its own.

    Rows that have labels of their own keep to those.
    """
    if LABEL in rows:
        return rows
    labels, at = [escape(column) for column in columns], -1

    def said(cell: re.Match[str]) -> str:
        nonlocal at
        at = -1 if cell[1] == "tr" else at + 1
        return f'{cell[0]} {LABEL}"{labels[at]}"' if cell[1] == "td" and at < len(labels) else cell[0]

    # The rows are markup already and stay as they are; the words that are put in were escaped above.
    return Markup(CELL.sub(said, str(rows)))


def groups(value: str) -> str:
    """A hash in groups of four, as it is compared by two people who read it aloud."""
    return grouped(value)


def file_size(size: int) -> str:
    """Bytes as people say them: `12345` → `12 kB`, `2345678` → `2.3 MB`."""
    is_large = size >= 1_000_000
    return format_unit(
        round(size / 1_000_000, 1) if is_large else max(1, size // 1000), _UNITS[is_large], "short", locale=get_locale()
    )


_UNITS = {True: "digital-megabyte", False: "digital-kilobyte"}
