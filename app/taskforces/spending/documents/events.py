"""What can have happened to a document behind a money fact."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SpendingDocumentKept(Event):
    """A contract, an invoice or a decision was kept with a project's money."""

    project_id: int
    document_id: int
    digest: str
    is_public: bool
