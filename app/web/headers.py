"""Security headers on every answer: nothing inline, nothing foreign but configured tiles, no frames, no referrer."""

from functools import cache

from flask import Flask, Response, g, request

from app.places.rules import tile_source

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@cache
def policy(tile_url: str | None) -> str:
    """What a page may load; one with a map, on a site with tiles, also what lies in the folder they come from."""
    return POLICY if tile_url is None else POLICY.replace("img-src", f"img-src {tile_source(tile_url)}")


def init_headers(app: Flask) -> None:
    """Set the headers; pages of signed-in people are not stored by anybody."""
    secure = app.config["SITE_URL"].startswith("https://")

    @app.after_request
    def protect(response: Response) -> Response:
        tiles = app.config["TILE_URL"] if g.get("map_is_drawn") else None
        response.headers.setdefault("Content-Security-Policy", policy(tiles))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint == "static":
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
