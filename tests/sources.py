"""Sources of every format, made with the formats' own writers."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import getSampleStyleSheet
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
            archive.writestr(name, content)
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
