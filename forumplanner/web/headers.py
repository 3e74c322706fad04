"""Security headers on every answer."""

from flask import Flask, Response, request

from forumplanner.web.access import for_bare_too

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # data: for the QR code of two-factor sign-in
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


@for_bare_too
def add_headers(response: Response) -> Response:
    """Strict by default; a view may have set a stricter header already."""
    headers = response.headers
    present = {name.lower() for name, _ in headers}
    for name, value in ALWAYS.items():
        if name.lower() not in present:
            headers.add(name, value)
    if request.endpoint == "static" and "v" in request.args and response.status_code in (200, 304):
        # The address carries the file's version: the next one has another address.
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
    if response.mimetype == "text/html":
        headers.setdefault("Cache-Control", "private, no-cache")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def init_headers(app: Flask) -> None:
    """Attach them."""
    app.after_request(add_headers)
