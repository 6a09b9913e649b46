"""Documents as offices write them, each with a few words, and some that were made to do harm."""

import zipfile
import zlib
from io import BytesIO

from pypdf import PdfReader, PdfWriter


def archive(**members: str) -> bytes:
    """An archive of members by their names, in which `/` is written as `__` and `.` as `_dot_`."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def docx(*paragraphs: str) -> bytes:
    body = "".join(
        f"<w:p><w:r><w:t>{each[:3]}</w:t></w:r><w:r><w:t>{each[3:]}</w:t></w:r></w:p>" for each in paragraphs
    )
    return archive(word__document_dot_xml=f'<w:document xmlns:w="urn:w"><w:body>{body}</w:body></w:document>')


def pptx(*slides: str) -> bytes:
    return archive(**{
        f"ppt__slides__slide{number}_dot_xml": f'<p:sld xmlns:p="urn:p" xmlns:a="urn:a"><a:p><a:t>{each}</a:t></a:p>'
        "</p:sld>"
        for number, each in enumerate(slides, 1)
    })  # fmt: skip


def xlsx(sheet: str, word: str, number: int) -> bytes:
    return archive(
        xl__workbook_dot_xml=f'<workbook xmlns="urn:x"><sheets><sheet name="{sheet}"/></sheets></workbook>',
        xl__sharedStrings_dot_xml=f'<sst xmlns="urn:x"><si><t>{word}</t></si></sst>',
        xl__worksheets__sheet1_dot_xml='<worksheet xmlns="urn:x"><row><c t="s"><v>7</v></c>'
        f"<c><v>{number}</v></c></row></worksheet>",
    )


def odt(*paragraphs: str) -> bytes:
    body = "".join(f'<text:p>{each[:3]}<text:span xmlns="urn:o">{each[3:]}</text:span></text:p>' for each in paragraphs)
    return archive(
        mimetype="application/vnd.oasis.opendocument.text",
        content_dot_xml=f'<o:document-content xmlns:o="urn:o" xmlns:text="urn:t">{body}</o:document-content>',
    )


def sealed_odt() -> bytes:
    """As with a password: what is in it looks like any other archive until it is read."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("content.xml", bytes(range(256)))
        target.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    return out.getvalue()


def pdf(text: str, stream: bytes | None = None) -> bytes:
    """One page that says something in Helvetica, or with a packed stream of one's own."""
    packed = zlib.compress(f"BT /F1 24 Tf 72 720 Td ({text}) Tj ET".encode()) if stream is None else stream
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    out = bytearray(b"%PDF-1.7\n")
    places: list[int] = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % each for each in places)
    return bytes(out + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table)


def encrypted_pdf(text: str) -> bytes:
    out = BytesIO()
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(text))))
    writer.encrypt("a password", algorithm="AES-256")
    writer.write(out)
    return out.getvalue()


def pdf_bomb() -> bytes:
    """A page of a hundred kilobytes that unfolds to 120 MB."""
    packing = zlib.compressobj(9)
    once = b"".join(packing.compress(bytes(1_000_000)) for _ in range(120)) + packing.flush()
    return pdf("", once)


def busy_pdf() -> bytes:
    """A small page whose drawing never comes to an end: each of its commands is read, and there are millions."""
    return pdf("", zlib.compress(b"q 1 0 0 1 0 0 cm BT (a) Tj ET Q " * 1_500_000, 9))


def archive_bomb() -> bytes:
    """A document of a few hundred kilobytes that unfolds to 100 MB of nothing."""
    out = BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
        target.open("word/document.xml", "w", force_zip64=True) as member,
    ):
        member.write(b'<w:document xmlns:w="urn:w">')
        for _ in range(100):
            member.write(b" " * 1_000_000)
    return out.getvalue()


def entity_bomb() -> bytes:
    """A document whose one word stands for a billion."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return archive(
        word__document_dot_xml=f'<!DOCTYPE d [<!ENTITY l0 "lol">{entities}]><w:d xmlns:w="urn:w"><w:t>&l9;</w:t></w:d>'
    )
