"""Sources of every format, made with the formats' own writers."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    FrameBreak,
    PageBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
)

TITLE = "Council Doubles the Harbor Budget"
AUTHOR = "Robin Roe"


def pdf(
    *pages: Sequence[str], title: str = "", author: str = "", password: str | None = None
) -> bytes:
    """Return a PDF whose pages have these paragraphs."""
    style = getSampleStyleSheet()["BodyText"]
    story: list[object] = []
    for number, paragraphs in enumerate(pages):
        story += [PageBreak()] if number else []
        for text in paragraphs:
            story += [Paragraph(text, style), Spacer(1, 6)]
    file = io.BytesIO()
    SimpleDocTemplate(
        file,
        pagesize=A4,
        title=title,
        author=author,
        encrypt=StandardEncryption(password) if password else None,
    ).build(story or [Spacer(1, 1)])
    return file.getvalue()


def pdf_in_columns(paragraphs: Sequence[str], columns: int) -> bytes:
    """Return a PDF with paragraphs in columns, below a headline over all of them."""
    style = getSampleStyleSheet()["BodyText"]
    width, height = A4
    each = (width - 80) / columns
    headline = Frame(40, height - 90, width - 80, 50)
    frames = [Frame(40 + at * each, 40, each - 10, height - 140) for at in range(columns)]
    file = io.BytesIO()
    document = BaseDocTemplate(file, pagesize=A4)
    document.addPageTemplates(PageTemplate(frames=[headline, *frames]))
    title = Paragraph(TITLE, getSampleStyleSheet()["Title"])
    document.build([title, FrameBreak(), *(Paragraph(one, style) for one in paragraphs)])
    return file.getvalue()


def pdf_with_picture(above: Sequence[str], caption: str, below: Sequence[str]) -> bytes:
    """Return a PDF with a headline over all columns, and a picture between two rows of them.

    ``above`` and ``below`` have a paragraph for each column.
    """
    style = getSampleStyleSheet()["BodyText"]
    width, height = A4
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4)

    def put(text: str, left: float, bottom: float, wide: float, high: float) -> None:
        frame = Frame(left, bottom, wide, high, 0, 0, 0, 0)
        paragraphs = [Paragraph(text, style)]
        frame.addFromList(paragraphs, page)
        if paragraphs:
            raise ValueError(f"{text} has no room")

    put(TITLE, 40, height - 70, width - 80, 20)
    each = (width - 80) / len(above)
    for row, bottom in ((above, height / 2 + 80), (below, 60)):
        for at, text in enumerate(row):
            put(text, 40 + at * each, bottom, each - 12, 240)
    page.rect(40, height / 2 - 40, width - 80, 100)
    put(caption, 40, height / 2 - 65, width - 80, 18)
    page.save()
    return file.getvalue()


def word_with_note(document: "docx.document.Document", note: str) -> bytes:
    """Return a Word document with a footnote, a part that python-docx does not write."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    its_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    xml = (
        f"<w:footnotes {nsdecls('w')}>"
        '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:t>___</w:t></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="1"><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    part = Part(PackURI("/word/footnotes.xml"), its_type, xml.encode(), document.part.package)
    document.part.relate_to(part, kind)
    return saved(document)


def word(*paragraphs: str, title: str = "", author: str = "") -> bytes:
    """Return a Word document with these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.core_properties.title = title
    document.core_properties.author = author
    return saved(document)


def saved(document: "docx.document.Document") -> bytes:
    """Return a Word document as the bytes of its file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def rich_text(*paragraphs: str, info: str = "") -> bytes:
    """Return a rich-text document, characters beyond ASCII as Word writes them."""
    body = "\n".join(f"{_escaped(text)}\\par" for text in paragraphs)
    return (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Helvetica;}}"
        rf"{info}\pard\f0\fs24 {body}}}"
    ).encode("ascii")


def _escaped(text: str) -> str:
    units = memoryview(text.encode("utf-16-le")).cast("h")
    return "".join(_escaped_unit(unit) for unit in units)


def _escaped_unit(unit: int) -> str:
    """Return a UTF-16 unit, a signed number, as rich text has it."""
    if not 0 <= unit < 128:
        return f"\\u{unit}?"
    return f"\\{chr(unit)}" if chr(unit) in "\\{}" else chr(unit)


def mail(
    body: str,
    *,
    subject: str = TITLE,
    sender: str = "Robin Roe <robin@example.org>",
    date: str = "Tue, 01 Aug 2017 09:30:00 -0400",
    subtype: str = "plain",
    attached: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return an e-mail with files attached."""
    message = EmailMessage()
    message["From"], message["To"] = sender, "desk@example.org"
    message["Subject"], message["Date"] = subject, date
    message["Message-ID"] = "<1@example.org>"
    message.set_content(body, subtype=subtype)
    for name, content in (attached or {}).items():
        message.add_attachment(content, "application", "octet-stream", filename=name)
    return message.as_bytes()


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in files.items():
            member = zipfile.ZipInfo("file")
            member.filename = name  # Python 3.11 looks at the last letter of a name it is given
            archive.writestr(member, content, method)
    return file.getvalue()


def page(*paragraphs: str, title: str = TITLE, head: str = "") -> bytes:
    """Return a web page with an article among its furniture."""
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
        "<nav><a href=/>Home</a> <a href=/news>News</a></nav>"
        f"<article><h1>{title}</h1>{body}</article>"
        "<footer>Copyright 2017 The Daily Planet</footer></body></html>"
    ).encode()
