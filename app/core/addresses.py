"""The whole address of a page, for what is read elsewhere than on the site."""

from flask import current_app


def whole(path: str) -> str:
    """The address on the configured site, never on the host that a request named."""
    site: str = current_app.config["SITE_URL"]
    return site.rstrip("/") + path
