"""How facts are written on a page: money, dates, shares, and addresses of static files."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.units import format_unit
from flask import Flask, current_app, url_for
from flask_babel import format_percent, get_locale

from app.core.bidi import isolated
from app.core.moments import day, day_range, last_minute, moment
from app.core.money import symbol, written
from app.voting.sealing.readable import grouped


def init_filters(app: Flask) -> None:
    """Give templates their filters and `static_url`."""
    app.jinja_env.filters.update(money=written, symbol=symbol, percent=percent)
    app.jinja_env.filters.update({each.__name__: _whole(each) for each in (day, day_range, moment, last_minute)})
    app.jinja_env.filters.update(groups=groups, on_this_site=on_this_site)
    app.jinja_env.filters.update(file_size=file_size, isolated=isolated)
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


def percent(share: float) -> str:
    """`0.254` → `25%`."""
    return str(format_percent(share, "#,##0%"))
