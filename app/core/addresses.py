"""The whole address of a page, for what is read elsewhere than on the site."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from werkzeug.routing import MapAdapter


def address(endpoint: str, **values: Any) -> str:
    """The address of a page on the configured site, never on the host that a request named; no request is needed."""
    site = urlsplit(current_app.config["SITE_URL"])
    pages: MapAdapter = current_app.url_map.bind(site.netloc, site.path or "/", url_scheme=site.scheme)
    return pages.build(endpoint, values, force_external=True)


def whole(path: str) -> str:
    """The address on the configured site, never on the host that a request named."""
    site: str = current_app.config["SITE_URL"]
    return site.rstrip("/") + path
