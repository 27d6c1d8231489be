"""Security headers on every answer: nothing inline, nothing foreign but configured tiles, no frames, no referrer."""

from flask import Flask, Response, request

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


def policy(tile_url: str | None) -> str:
    """What a page may load; of other places only the folder that map tiles come from, where a site has set one."""
    return POLICY if tile_url is None else POLICY.replace("img-src", f"img-src {tile_source(tile_url)}")


def init_headers(app: Flask) -> None:
    """Set the headers; pages of signed-in people are not stored by anybody."""
    secure = app.config["SITE_URL"].startswith("https://")
    headers = {**HEADERS, "Content-Security-Policy": policy(app.config["TILE_URL"])}

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if request.endpoint == "static":
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        else:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
