"""The form in which a clerk says which published contract stands behind a commitment."""

from flask_babel import lazy_gettext as _

from app.core.forms import Form, LineField
from app.taskforces.spending.contracts.rules import LONGEST_ID, LONGEST_LINK
from app.taskforces.spending.contracts.services import LinkContract


class ContractForm(Form):
    """The id of the contract, and where it can be read."""

    ocid = LineField(
        _("Id of the published contract (OCID)"),
        most=LONGEST_ID,
        least=0,
        description=_(
            "If the council publishes its contracts by the Open Contracting standard. For example:"
            " ocds-213czf-2026-0114. Left empty, it takes back what stood here."
        ),
        render_kw={"autocapitalize": "none", "spellcheck": "false", "dir": "ltr"},
    )
    url = LineField(
        _("Where it can be read"),
        most=LONGEST_LINK,
        least=0,
        description=_("A web address that begins with https://. Leave out if there is none."),
        render_kw={"inputmode": "url", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"},
    )

    def command(self) -> LinkContract:
        """The answers as a command."""
        return LinkContract(ocid=self.ocid.data or None, url=self.url.data or None)
