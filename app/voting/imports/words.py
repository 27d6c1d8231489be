"""What an imported vote says about itself, so that nothing looks as if it had been held here."""

from flask_babel import gettext as _

from app.voting.imports.rules import Days


def summary(file_name: str, days: Days) -> str:
    """The introduction of the cycle."""
    dates = (
        _("The voting days are those of the file; all other dates are stand-ins.")
        if days.are_from_the_file
        else _("The file does not say when people voted, so all dates are stand-ins.")
    )
    told = _(
        "This vote was held elsewhere. Its ballots, projects, costs and pot come from the file %(file)s; "
        "the count was made here.",
        file=file_name,
    )
    return f"{told} {dates}"


def project(name: str, id_: str) -> str:
    """What should happen, as far as a file tells."""
    return str(_("%(name)s (project %(id)s of the imported file)", name=name, id=id_))


def need() -> str:
    """Why it is needed: a file does not tell."""
    return str(_("This project comes from the file of a vote that was held elsewhere. The file does not say why."))


def place() -> str:
    """Where it is: a file does not tell."""
    return str(_("Not told in the file"))


def category() -> str:
    """The one category of a neighborhood that was made for a file."""
    return str(_("Other"))
