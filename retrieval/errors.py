"""What can go wrong in the library, each as one sentence that the person reading it can act on."""


class LibraryError(Exception):
    """Base of everything the library refuses; ``str(error)`` is the sentence to show."""


class UnreadableSource(LibraryError):
    """The bytes are empty, damaged, locked, or in no format or encoding that is read."""


class SourceTooLarge(LibraryError):
    """The source is over one of the limits."""

    def __init__(self, sentence: str, limit: str = "bytes") -> None:
        super().__init__(sentence)
        self.limit = limit
        """Which limit: “bytes” for its size, or a field of Limits."""


class BadDetail(LibraryError):
    """A file name, date or other detail given with a document cannot be used."""


class NameTaken(LibraryError):
    """Another document of the space has this file name."""

    def __init__(self, sentence: str, *, is_held: bool) -> None:
        """Take the sentence to show, and whether that document is under embargo."""
        super().__init__(sentence)
        self.is_held = is_held


class NoSuchDocument(LibraryError):
    """The space has no document of this file name, or none in the state that is needed."""


class NothingToUndo(LibraryError):
    """Nothing was changed, or the last change cannot be taken back."""


class BadFilter(LibraryError):
    """A filter of a question or a list cannot be read."""


class BadReceipt(LibraryError):
    """The text is no receipt, or the beginning of several."""


class BadQuotation(LibraryError):
    """The text holds no quotation that can be checked."""


class BadText(LibraryError):
    """A text holds half a character, which no encoding can write."""


class DatabaseUnusable(LibraryError):
    """The file is no Newsdesk database, or the system does not let it be used."""
