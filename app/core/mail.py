"""Sending one mail: a subject and a body from `templates/emails/<kind>/`, in the reader's language, to one address."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app
from flask_babel import force_locale
from flask_mailman import EmailMessage, Mail
from werkzeug.routing import MapAdapter


def init_mail(app: Flask) -> None:
    """Bind the app to its mail server, or to the folder that takes its place."""
    if app.config["MAIL_BACKEND"] == "file":
        app.config["DATA_DIR"].joinpath("mail").mkdir(mode=0o700, parents=True, exist_ok=True)
    Mail(app)


def send(
    kind: str, *, to: str, locale: str, facts: Mapping[str, Any], message_id: str | None = None, stop: str | None = None
) -> None:
    """Send the mail `kind` to the address `to`; raises what the mail server answers when it does not take it.

    `message_id` is the same each time the same mail is sent, so that a reader who gets it twice sees it once. `stop` is
    the address that ends mail of its kind by one POST (RFC 8058); it stands in the headers and below the words.
    """
    headers = {"Auto-Submitted": "auto-generated"}
    if message_id is not None:
        headers["Message-ID"] = f"<{message_id}@{urlsplit(current_app.config['SITE_URL']).hostname}>"
    if stop is not None:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    with force_locale(locale):
        subject, body = _render(f"emails/{kind}/subject.txt", facts), _render(f"emails/{kind}/body.txt", facts)
        end = _render("layouts/_mail_end.txt", {"stop": stop}) if stop is not None else ""
    EmailMessage(" ".join(subject.split()), body.strip() + "\n" + end, to=[to], headers=headers).send()


def address(endpoint: str, **values: Any) -> str:
    """The address of a page on the configured site, never on the host that a request named."""
    site = urlsplit(current_app.config["SITE_URL"])
    pages: MapAdapter = current_app.url_map.bind(site.netloc, site.path or "/", url_scheme=site.scheme)
    return pages.build(endpoint, values, force_external=True)


def _render(template: str, facts: Mapping[str, Any]) -> str:
    # Not render_template: a mail has no visitor, so what pages know of one is left out.
    return current_app.jinja_env.get_template(template).render(**facts, link=address)
