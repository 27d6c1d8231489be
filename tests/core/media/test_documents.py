"""PDFs come out written anew: they show their pages and do nothing else; and hostile files are refused."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from app.core.media.documents import NotADocument, rewritten
from tests import sent


def written(content):
    return rewritten(BytesIO(content), title="The plan of Mill Lane")


@pytest.mark.parametrize("name", sent.HOSTILE_PAPERS)
def test_what_is_no_whole_and_open_pdf_is_refused_with_its_reason(name):
    build, fault = sent.HOSTILE_PAPERS[name]
    with pytest.raises(NotADocument) as refused:
        written(build())
    assert refused.value.fault is fault


def test_a_pdf_acts_no_more_and_names_nobody():
    assert sent.acts(written(sent.acting_paper()).content) == set()


def test_a_pdf_copied_as_it_came_still_acts_and_the_check_sees_it():
    """The twin of the test above."""
    assert len(sent.acts(sent.acting_paper())) == 15


def test_links_to_the_web_and_all_pages_stay():
    document = written(sent.acting_paper())
    with pikepdf.open(BytesIO(document.content)) as pdf:
        links = [str(note.A.URI) for note in pdf.pages[0].Annots if "/URI" in note.A]
        assert (links, document.pages, len(pdf.pages)) == (["https://example.org/plan"], 1, 1)
        assert str(pdf.docinfo["/Title"]) == "The plan of Mill Lane"


def test_packed_objects_are_read_while_they_stay_small():
    """The twin of the bomb: it is refused for what it unfolds to, and for nothing else."""
    assert written(sent.unfolding_paper(1000)).pages == 1


@pytest.mark.parametrize("packed", [False, True])
def test_a_photograph_in_a_pdf_no_longer_tells_where_it_was_taken(packed):
    kept = sent.photo_in(written(sent.paper_with_photo(packed=packed)).content)
    assert sent.kept_of(kept) == {"profile"}
    assert Image.open(BytesIO(kept)).tobytes() == Image.open(BytesIO(sent.photo())).tobytes()


def test_a_photograph_in_a_pdf_that_is_copied_tells_and_the_check_sees_it():
    """The twin of the test above."""
    assert {"gps", "secret"} < sent.kept_of(sent.photo_in(sent.paper_with_photo()))
