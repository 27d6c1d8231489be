"""The file of a document, for whoever may open it."""

from io import BytesIO

from flask import Blueprint, Response, send_file

from app.core.access import current_actor, public
from app.taskforces.spending.documents import queries

bp = Blueprint("spending_documents", __name__, url_prefix="/projects")
ALONE = "default-src 'none'; sandbox; frame-ancestors 'none'"


@bp.get("/<int:project_id>/documents/<int:document_id>.pdf")
@public
def serve(project_id: int, document_id: int) -> Response:
    found = queries.served(project_id, document_id, current_actor())
    answer = send_file(BytesIO(found.content), mimetype="application/pdf", as_attachment=True, download_name=found.name)
    answer.headers["Cache-Control"] = "public, max-age=3600" if found.is_public else "private, no-store"
    answer.headers["Content-Security-Policy"] = ALONE
    return answer
