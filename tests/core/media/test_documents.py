"""PDFs come out written anew: they show their pages and do nothing else; and hostile files are refused."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from app.core.media.documents import NotADocument, _size, laid_on, rewritten
from app.core.printing.pdf import Sheet, rendered
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


def with_room(*names):
    """A PDF of one page for each name, which is a destination 10 mm from the left and 20 mm from the top."""
    places = "".join(f'<p id="{name}" style="break-after: page">{name}</p>' for name in names)
    style = "<style>@page { size: A4; margin: 20mm 10mm } p { margin: 0 }</style>"
    return rendered(
        Sheet(document=f'<html lang="en"><title>Pack</title>{style}<body><h1>Pack</h1>{places}</body></html>')
    )


def test_a_paper_is_drawn_whole_where_a_pdf_keeps_room_for_it():
    paper = written(sent.paper_with_photo()).content
    bound = laid_on(with_room("map-1"), {"map": paper})
    with pikepdf.open(BytesIO(bound)) as pdf:
        assert sent.photo_in(paper) in [
            bytes(image.read_raw_bytes())
            for drawing in pdf.pages[0].Resources.XObject.values()
            for image in drawing.Resources.XObject.values()
        ]
        assert b"/Artifact BMC" in pdf.pages[0].Contents[0].read_bytes()
        assert not pdf.open_metadata().get("pdfuaid:part") and pdf.Root.MarkInfo.Marked
    assert bound == laid_on(with_room("map-1"), {"map": paper})


def test_a_paper_without_room_is_an_error_and_not_left_out():
    with pytest.raises(KeyError):
        laid_on(with_room("map-1"), {"plan": sent.paper()})


@pytest.mark.parametrize(("turned", "size"), [(0, (200, 100)), (90, (100, 200)), (180, (200, 100)), (270, (100, 200))])
def test_a_page_that_is_turned_is_measured_as_it_is_looked_at(turned, size):
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 100))
        page.obj.Rotate = turned
        assert _size(page) == size
