"""Pages of accounts."""

from flask import Blueprint

from app.core.access import public

bp = Blueprint("accounts", __name__, url_prefix="/account")


@bp.get("/")
@public
def sign_in() -> str:
    return "accounts"
