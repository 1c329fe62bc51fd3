"""Who does what a verb of speech says: the subject before it or behind it, past an apposition."""

from retrieval.quotes.attribution.people import Mention, People


def subject_before(verb: str, people: People) -> Mention | None:
    """Return who does what the verb behind a text says; ``verb`` is the text up to there."""
    text = verb.rstrip()
    if text.endswith(","):
        return _before_apposition(text[:-1], people)
    mentions = _subjects(text, people)
    return mentions[-1] if mentions else None


def subject_behind(clause: str, end: int, people: People) -> Mention | None:
    """Return who follows a verb that ends there at once: “said Smith, who …”."""
    return next((one for one in people.mentioned(clause) if one.start >= end), None)


def _before_apposition(text: str, people: People) -> Mention | None:
    """Return who stands before “, the mayor of …,”; without such, the last one mentioned."""
    mentions = _subjects(text, people)
    by_end = {one.end: one for one in reversed(mentions)}
    at = text.rfind(",")
    while at > 0:
        if at in by_end:
            return by_end[at]
        at = text.rfind(",", 0, at)
    return mentions[-1] if mentions else None


def _subjects(text: str, people: People) -> list[Mention]:
    return [one for one in people.mentioned(text) if not one.is_object]
