"""Web addresses taken apart, and the names of the documents that come from them."""

import hashlib

from yarl import URL

from bot.web.addresses import PageProblem

SCHEMES = {"http", "https"}
LONGEST_NAME = 200
"""Characters; a longer path is cut, and a piece of its hash tells it from others."""
_SUFFIXES = {
    "text/html": (".html", ".htm", ".xhtml"),
    "application/xhtml+xml": (".html", ".htm", ".xhtml"),
    "application/pdf": (".pdf",),
}
"""What names of these types end with; the first is added where none stands."""


def to_url(address: str) -> URL:
    """Return an address taken apart; raise PageProblem where it is none that is fetched."""
    try:
        url = URL(address)
        port = url.port
    except ValueError:
        url, port = URL(), None
    if url.scheme not in SCHEMES or not url.host or not port:
        raise PageProblem(f"{address} is no web address; it begins with https:// or http://.")
    if url.user or url.password:
        raise PageProblem(f"{url.with_user(None)} was given with a password; leave it out.")
    return url.with_fragment(None)


def name_of(url: URL, content_type: str) -> str:
    """Return the name that a page's document goes by: its host and path, as a file in a folder."""
    host = (url.host or "").removeprefix("www.")
    parts = [part for part in url.path.replace("\\", "/").split("/") if part.strip(". ")]
    name = "/".join([host, *parts]) + (f"?{url.query_string}" if url.query_string else "")
    if len(name) > LONGEST_NAME:
        name = f"{name[:LONGEST_NAME]}-{hashlib.sha256(str(url).encode()).hexdigest()[:8]}"
    suffixes = _SUFFIXES.get(content_type, ("",))
    return name if name.lower().endswith(suffixes) else name + suffixes[0]
