"""An answer on Slack: one passage open, the next ones in brief, the rest one button away."""

from collections.abc import Iterator

from bot.messages import (
    Answer,
    Citation,
    Context,
    Helpful,
    More,
    Reasons,
    Share,
    Source,
    Unhelpful,
    Verify,
)
from bot.rendering.plain_text import to_lines
from bot.rendering.plain_text.answers import (
    NEAREST,
    cited_sentence,
    opening,
    searched_sentence,
    shows_nearest,
)
from bot.rendering.segments import excerpt_segments, safe
from bot.rendering.slack_blocks.citing import FILE, TITLE, VERIFY, standing
from bot.rendering.slack_blocks.limits import Block, cut
from bot.rendering.slack_blocks.lines import lines_blocks
from bot.rendering.slack_blocks.message import Stack
from bot.rendering.slack_blocks.parts import (
    ACTION,
    actions,
    beside,
    button,
    context,
    option,
    paragraph,
    quote,
    rich,
    run,
    said,
    shortened,
)
from retrieval import Verdict

REASON = 1_200
QUESTION = 300
OPEN = 2_400
"""Of the passage that is shown in full: more is one button away."""
BRIEF = 280
LEAN = 600
"""Of the passage before, where the excerpt leans on it."""
EMPTY = "The coverage is empty; moderators add documents with /newsdesk add."
YOU = "You"
CONTEXT = "Before / After"


def answer_blocks(answer: Answer, *, shareable: bool, asked_by: str) -> list[Block]:
    """Return an answer; ``asked_by`` names who asked where others would not know the question.

    A private answer repeats it: Slack does not show what was typed behind a slash command.
    """
    stack = Stack(reserve=_end(answer, shareable=shareable))
    if asker := asked_by or (YOU if shareable else ""):
        stack.put(context(f"{cut(asker, TITLE)} asked: {cut(answer.findings.question, QUESTION)}"))
    stack.put(_verdict(answer))
    for at, citation in enumerate(answer.citations):
        blocks = _brief(citation, at) if at else _open(citation)
        if not stack.put(*blocks):
            break
    if answer.explanation:
        for block in lines_blocks(to_lines(Reasons(answer.explanation))):
            stack.put(block)
    return stack.finish()


def answer_text(answer: Answer) -> str:
    """Return an answer for a notification: the verdict, its reason where needed, one passage."""
    heading, reason = opening(answer)
    if not answer.citations:
        return f"{heading} {safe(reason)}"
    [first, *_] = answer.citations
    text = "".join(segment.text for segment in shortened(excerpt_segments(first.hit), OPEN // 2))
    document = first.hit.document
    if answer.findings.verdict is not Verdict.FOUND:
        heading = f"{heading} {cut(safe(reason), REASON)} {NEAREST}"
    return f"{heading} “{text}” — {cut(safe(document.name), TITLE)} ({document.file})"


def _verdict(answer: Answer) -> Block:
    heading, reason = opening(answer)
    runs = [run(heading, bold=True), run(f" {cut(safe(reason), REASON)}")]
    if shows_nearest(answer):
        runs += [run("\n"), run(NEAREST, italic=True)]
    return rich(paragraph(*runs))


def _open(citation: Citation) -> list[Block]:
    hit = citation.hit
    parts = [paragraph(run(_title(citation), bold=True))]
    if hit.before:
        lean = cut(safe(hit.before.text), LEAN)
        parts.append(paragraph(run(f"Before it, ¶{hit.before.paragraph}: {lean}", italic=True)))
    parts.append(quote(*said(excerpt_segments(hit), OPEN)))
    receipt = hit.passage.receipt
    return [
        rich(*parts),
        *standing(hit.document, hit.passage, hit.also),
        actions(
            button(CONTEXT, Context(receipt), 0),
            button(FILE, Source(receipt), 1),
            button(VERIFY, Verify(receipt), 2),
        ),
    ]


def _brief(citation: Citation, at: int) -> list[Block]:
    receipt = citation.hit.passage.receipt
    options = [
        option(CONTEXT, Context(receipt)),
        option(FILE, Source(receipt)),
        option(VERIFY, Verify(receipt)),
    ]
    menu = {"type": "overflow", "action_id": f"{ACTION}:menu{at}", "options": options}
    shown = rich(
        paragraph(run(_title(citation), bold=True)),
        quote(*said(excerpt_segments(citation.hit), BRIEF)),
    )
    return [*beside(shown, menu), *standing(citation.hit.document, citation.hit.passage)]


def _title(citation: Citation) -> str:
    return f"[{citation.number}] {cut(safe(citation.hit.document.name), TITLE)}"


def _end(answer: Answer, *, shareable: bool) -> Iterator[Block]:
    """Yield what stands below the passages."""
    if answer.id and (answer.more or shareable):
        buttons = []
        if answer.more:
            buttons.append(button(f"More ({answer.more})", More(answer.id), 3))
        if shareable:
            buttons.append(button("Share here", Share(answer.id), 4))
        yield actions(*buttons)
    findings = answer.findings
    searched = searched_sentence(findings) if findings.coverage.documents else EMPTY
    yield context(*([cited_sentence(answer)] if answer.documents > 1 else []), searched)
    if answer.id and answer.citations:
        yield _feedback(answer.id)


def _feedback(answer_id: str) -> Block:
    helpful, unhelpful = Helpful(answer_id), Unhelpful(answer_id)
    return {
        "type": "context_actions",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": f"{ACTION}:feedback",
                "positive_button": option("Helpful", helpful),
                "negative_button": option("Not helpful", unhelpful),
            }
        ],
    }
