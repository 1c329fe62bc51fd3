"""What is kept about people, for themselves; and where they found nothing, for moderators."""

from bot.messages import Gaps, Notice, Privacy, Request
from retrieval import KeptAbout, Library

NOTHING = "Nothing is kept about you."


async def privacy(command: Privacy, request: Request, library: Library) -> Notice:
    """Say what is kept about the sender, or erase it."""
    person, platform = request.sender.id, request.platform
    kept = await library.people.kept_about(person, platform)
    if command.what:
        await library.people.erase(person, platform)  # also what is not counted: still in the air
    if not _listed(kept):
        return Notice(f"{NOTHING}{_final(kept)}")
    if command.what:
        return Notice(f"What was kept about you is erased: {_listed(kept)}.{_final(kept)}")
    return Notice(
        f"Kept about you: {_listed(kept)}. Answers are kept for 30 days, so that their buttons "
        "work; moderators see, without names, which questions found nothing. “privacy delete” "
        f"erases all of it.{_final(kept)}"
    )


def _listed(kept: KeptAbout) -> str:
    parts = [
        _count(kept.answers, "answer with its question", "answers with their questions"),
        _count(kept.ratings, "rating of an answer", "ratings of answers"),
        _count(kept.asked, "line of the question log", "lines of the question log"),
        _count(
            kept.noted,
            "note of an answer's place or a window",
            "notes of answers' places and windows",
        ),
    ]
    return ", ".join(part for part in parts if part)


def _final(kept: KeptAbout) -> str:
    """Return what is not erased, where there is such."""
    lines = _count(kept.changes, "line", "lines")
    return f" The audit trail names you in {lines}; that is kept." if lines else ""


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}" if number else ""


async def report(request: Request, library: Library) -> Gaps:
    """Show where the people of the space found nothing, or nothing that helped."""
    return Gaps(tuple(await library.people.gaps(request.space)))
