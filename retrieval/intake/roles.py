"""What each paragraph is in its document: text, headline, byline, dateline, caption or furniture.

A page saved as text brings its navigation along. Nothing is deleted: furniture keeps its number
and is only never cited; headlines, bylines, datelines and captions rank below the text. Every rule
reads one short paragraph by itself, but for three that need the neighbours: the headline stands
before the text, the paper's name between the two, and a page's tail is furniture as a whole once
one of its lines is.
"""

from collections.abc import Sequence
from itertools import takewhile

import regex

from retrieval.analysis.leaning import BETWEEN_CELLS, is_labelled
from retrieval.analysis.unspaced import is_unspaced
from retrieval.intake import dates, imprint
from retrieval.intake.bylines import byline_of
from retrieval.model import Role

FURNITURE_LIMIT = 160
"""Characters; prompts and links are short, and a longer paragraph is never taken for one."""
HEADLINE_LIMIT = 200
CAPTION_LIMIT = 1500
CREDIT_LIMIT = 120
"""Characters at the end of a caption in which its credit stands."""
DATELINE_LIMIT = 120
TAIL_WORDS = 6
"""A line of a page's tail has at most so many words and ends like no sentence."""

_AGENCY = (
    r"(?:AP(?: Photo)?|Associated Press|AFP|EPA|UPI|Reuters|REUTERS|Getty(?: Images)?|Bloomberg"
    r"|Shutterstock|Special|Contributed|Handout|Pool|File)"
)
_NAME = r"\p{Lu}[\p{L}.'’-]*(?: \p{L}[\p{L}.'’-]*){0,4}"
_CREDIT_LINE = rf"(?:{_NAME}(?: ?/ ?{_AGENCY})+|{_AGENCY} ?/ ?{_NAME})"

_WORDS = r"(?: [^\s,;:]+)"
"""A word; a prompt has a few of them and no comma, a sentence of the news has more."""
_PROMPT = regex.compile(
    rf"start your (?:day|morning|week) with{_WORDS}{{1,6}}"
    rf"|get (?:the|our){_WORDS}{{0,6}} (?:newsletters?|inbox)[.!]?"
    rf"|(?:please )?(?:sign|log) ?(?:up|in){_WORDS}{{1,6}} (?:newsletters?|e-?mails?|alerts?"
    r"|account|inbox)[.!]?"
    rf"|subscribe (?:to|now|today){_WORDS}{{0,6}}"
    r"|(?:we apologi[sz]e,? )?(?:this|the) video (?:has expired|is (?:not|no longer) available)"
    r"(?: in your (?:country|region))?[.!]?"
    r"|(?:[^,]{0,40} is) not supported(?:[.!] .*\bbrowser| (?:by|in) .{0,30}browser)?[.!]?"
    rf"|(?:please )?(?:enable|turn on) javascript{_WORDS}{{0,8}}"
    rf"|read{_WORDS}{{1,8}} here ?[.!]?|(?:click|tap) here{_WORDS}{{0,8}}"
    rf"|(?:continue|keep) reading{_WORDS}{{0,6}}"
    rf"|loading(?:\.{{3}}|…)?|(?:scroll to continue|story continues below){_WORDS}{{0,4}}"
    rf"|(?:we use|this (?:web)?site uses) cookies.*|accept (?:all )?cookies{_WORDS}{{0,3}}"
    r"|(?:©|\(c\)|copyright) (?:© )?(?:19|20)\d\d\b,?[^,]{0,60}(?:,? all rights reserved)?\.?"
    r"|(?:©|copyright ©)[^,]{0,60}|all rights reserved\.?",
    regex.IGNORECASE,
)
"""Whole paragraphs, sentences among them, that tell a reader to do something with the page."""
_POINTER = regex.compile(
    r"(?:related|read more|see also|also read|more on this|recommended|don['’]t miss) ?: .*",
    regex.IGNORECASE,
)
"""Labels in front of another story's headline."""
_LABEL = regex.compile(
    r"skip to (?:the )?(?:main )?(?:content|navigation|search)|saltar al contenido(?: principal)?"
    r"|(?:sign|log) ?(?:up|in|out)|(?:sign up|register) (?:for .*|to .*|now|today|here)|subscribe"
    r"|(?:related|recommended|trending|most (?:read|popular|viewed)|more|top|latest) "
    r"(?:stories|articles|news|topics|content|links|coverage|headlines|videos?|from .*"
    r"|on this story)"
    r"|related|recommended|trending|most (?:read|popular|viewed)|you (?:may|might) also like"
    r"|advertisement|ad|sponsored(?: content)?|breaking news|newsletters?|obituaries|classifieds"
    r"|share|tweet|print|e-?mail|facebook|twitter|instagram|whatsapp|linkedin"
    r"|(?:\d+ |view |show |leave a )?(?:comments?|reply)|(?:more )?menu|search(?: \p{L}+)?"
    r"|home|close"
    r"|(?:read |show |load )?more|less|follow(?: us)?|back to top|accessibility help"
    r"|(?:your|my) account|(?:share|follow) (?:this|us|on)\b.{0,40}|powered by .{1,30}"
    r"|masthead\b.*|(?:about|contact) us|contact information"
    r"|(?:privacy policy|terms of (?:use|service)).*|home( ?[>›»/] ?[\p{L} ]{1,30})+"
    r"|(?:[←→«»‹›] ?(?:older|newer|previous|next)\b.*)|[#_*=~•·–—-]{2,}"
    r"|an official website of the .{1,60}",
    regex.IGNORECASE,
)
"""Whole paragraphs that are no sentence: a page's labels and links."""
_OFFICE = regex.compile(
    r"(?=.*\b(?i:editor|publisher|counsel|director|designer|developer|producer|reporter"
    r"|president|officer|manager|founder|head|chief|writer|correspondent|engineer)\b)"
    r"\p{Lu}[\p{L}-]*(?: (?:\p{Lu}[\p{L}-]*|&|-|at|of|in|and|for|the)){0,7}:"
)
_CAPTION_LABEL = regex.compile(
    r"(?:image|photo|photograph|picture|caption|video|file photo) ?(?:credit ?)?: "
    r"|photo(?:graph)?s? (?:by|courtesy of) ",
    regex.IGNORECASE,
)
_CREDIT = regex.compile(
    rf"(?:(?:^|[.!?] ?){_CREDIT_LINE}"
    rf"|\((?:{_NAME} ?/ ?[\p{{L}} .&'’-]+|{_AGENCY}(?: ?/ ?{_NAME})?|(?i:photo by) [^()]+)"
    r"(?:, (?:File|Pool|Handout))?\)(?: MORE)?(?: LESS)?)$"
)
_PLACE = regex.compile(
    r"\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]+){0,3}, (?:[A-Z]{2}|[A-Z]\.[A-Z]\.|\p{Lu}\p{Ll}+\.?)"
)
_COUNTRY = regex.compile(r"\p{Lu}[\p{L}.'’-]+(?: (?:of|and|the|\p{Lu}[\p{L}.'’-]+)){0,4}")
_SENTENCE_END = regex.compile(r"[.…:;,。।؛،][\"'”’)\]]*$")
"""A question or an exclamation may be a headline, and so is not among these."""
_INITIALS = regex.compile(r"\b(?:\p{L}\.){2,6}$")
"""“… back in the U.S.”, “… at 6 a.m.”: as the end of the first line, that of no sentence."""


def roles_of(paragraphs: Sequence[str]) -> list[Role]:
    """Return the role of each paragraph of one document, in order."""
    folded = [" ".join(paragraph.split()) for paragraph in paragraphs]
    roles = [_role_by_itself(paragraph) for paragraph in folded]
    _mark_places(folded, roles)
    _mark_imprint(folded, roles)
    _mark_headline(folded, roles)
    _mark_tail(folded, roles)
    return roles


def _role_by_itself(paragraph: str) -> Role:
    """Return what one paragraph shows without its neighbours.

    The limits of length come first, so that no pattern ever runs over a hostile megabyte.
    """
    size = len(paragraph)
    if size <= FURNITURE_LIMIT and _is_furniture(paragraph):
        return Role.FURNITURE
    if size <= CAPTION_LIMIT and _is_caption(paragraph):
        return Role.CAPTION
    if size <= DATELINE_LIMIT and dates.is_dated_line(paragraph):
        return Role.DATELINE
    return Role.BYLINE if byline_of(paragraph) else Role.TEXT


def _is_furniture(paragraph: str) -> bool:
    is_label = _LABEL.fullmatch(paragraph) and not ends_like_a_sentence(paragraph)
    is_pointer = _POINTER.fullmatch(paragraph) and not paragraph.endswith(".")
    return bool(
        is_label or is_pointer or _PROMPT.fullmatch(paragraph) or _OFFICE.fullmatch(paragraph)
    )


def _is_caption(paragraph: str) -> bool:
    return bool(_CAPTION_LABEL.match(paragraph) or _CREDIT.search(paragraph[-CREDIT_LIMIT:]))


def _mark_places(paragraphs: Sequence[str], roles: list[Role]) -> None:
    """Mark “Nashville, TN” and a country on the line below it."""
    after_place = False
    for at, paragraph in enumerate(paragraphs):
        is_short_text = roles[at] is Role.TEXT and len(paragraph) <= DATELINE_LIMIT
        is_place = is_short_text and _PLACE.fullmatch(paragraph) is not None
        if is_place or (after_place and is_short_text and _COUNTRY.fullmatch(paragraph)):
            roles[at] = Role.DATELINE
        after_place = is_place


def _mark_imprint(paragraphs: Sequence[str], roles: list[Role]) -> None:
    """Mark the lines with the paper and the day that stand between headline and story."""
    texts = [at for at, role in enumerate(roles) if role is Role.TEXT]
    above = takewhile(lambda at: not _is_sentence(paragraphs[at]), texts)
    for at in list(above)[1:]:
        if imprint.is_dated(paragraphs[at]):
            roles[at] = Role.DATELINE
        elif imprint.outlet_in(paragraphs[at]):
            roles[at] = Role.BYLINE


def _is_sentence(paragraph: str) -> bool:
    return len(paragraph) > imprint.LIMIT or ends_like_a_sentence(paragraph)


def _mark_headline(paragraphs: Sequence[str], roles: list[Role]) -> None:
    """Mark the longest line above the first sentence: a page's own name and sections are shorter.

    A line that stands alone is no headline: there is no text below it.
    """
    texts = [at for at, role in enumerate(roles) if role is Role.TEXT]
    lines = list(paragraphs)
    for at in texts[:1]:
        lines[at] = _INITIALS.sub("", lines[at])
    above = list(takewhile(lambda at: _may_be_headline(lines[at]), texts))
    if above and len(above) < len(texts):
        headline = max(above, key=lambda at: (len(paragraphs[at]), -at))
        if " " in paragraphs[headline] or is_unspaced(paragraphs[headline]):
            roles[headline] = Role.HEADLINE


def _may_be_headline(paragraph: str) -> bool:
    if paragraph.count(BETWEEN_CELLS) > 1 or is_labelled(paragraph):
        return False
    return len(paragraph) <= HEADLINE_LIMIT and not ends_like_a_sentence(paragraph)


def _mark_tail(paragraphs: Sequence[str], roles: list[Role]) -> None:
    """Mark the run of short lines at the end as furniture where one of them is (“Comments”)."""
    start = len(paragraphs)
    while start > 0 and _is_tail_line(paragraphs[start - 1], roles[start - 1]):
        start -= 1
    if Role.FURNITURE in roles[start:]:
        roles[start:] = [Role.FURNITURE if role is Role.TEXT else role for role in roles[start:]]


def _is_tail_line(paragraph: str, role: Role) -> bool:
    if role is not Role.TEXT:
        return role is not Role.HEADLINE
    return len(paragraph.split()) <= TAIL_WORDS and not ends_like_a_sentence(paragraph)


def ends_like_a_sentence(paragraph: str) -> bool:
    """Say whether the paragraph's last mark ends a sentence or announces more."""
    return _SENTENCE_END.search(paragraph[-8:]) is not None
