"""Who said what: each quotation of a document with its speaker, and the rule that names them.

The rules are those by which readers of news understand it: a tag behind a quotation (“…,” Smith
said), before it (Smith said: “…”), speech that is reported around it (Smith said he was “…”), a
speaker carried over within a paragraph, and a pronoun that stands for whoever spoke or was spoken
of last. What follows from no rule has no speaker.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import regex

from retrieval.analysis import words
from retrieval.analysis.sentences import sentences_of
from retrieval.model import Passage, Role, Span
from retrieval.quotes.interruptions import interruption_within
from retrieval.quotes.names import may_be_same
from retrieval.quotes.people import Kind, Mention, People
from retrieval.quotes.spans import Quoted, quoted_in
from retrieval.quotes.turns import Turn, turns_in


class Rule(StrEnum):
    """Why a quotation is somebody's."""

    BEHIND = "a tag behind it names the speaker"
    BEFORE = "a tag before it names the speaker"
    REPORTED = "it is a part of what a sentence reports of the speaker"
    CARRIED = "the speaker is carried over within the paragraph"
    TURN = "its line begins with the speaker’s name, as in a transcript"
    FOLLOWED = "it stands alone behind a paragraph in which the speaker spoke"


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation and its speaker."""

    quoted: Quoted
    text: str
    speaker: str
    """By the fullest name that the document has, without the office."""
    rule: Rule
    paragraph: int
    """Which passage attributes it, from 0,"""
    evidence: Span
    """and the sentence there."""
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Tag:
    """What a rule found: who, by which rule, and where that stands."""

    speaker: str
    rule: Rule
    paragraph: int
    at: int
    is_sure: bool


HIDDEN = "\N{WHITE SQUARE}"
"""In the place of each character of a quotation, where the words around it are read."""
FAR = 3
"""Paragraphs back in which a pronoun’s person is looked for."""
SUBJECT = 60
"""Characters between a quotation and the verb of the tag behind it, at most."""

_COLON = regex.compile(r":\s*[\"“„«‘']?\s*$")
_WITHOUT_PRONOUN = frozenset(["es", "it", "pt", "ca", "ro"])
"""Languages in which a verb says by itself that he or she does something: “…”, señaló."""
_AUXILIARY = regex.compile(r"\b(?:a|ont|avait|avaient|ha|han|había|hat|haben|hatte)\s+$")
"""What stands before a verb of speech and is a part of it: a déclaré."""
_UNSAID = Mention("", Kind.PRONOUN, 0, 0)
_GOES_ON = regex.compile(r",\s*[\"“„«‘']\s*$")
_MARKS = "\"“”„«»‘’ '"
_VERB = regex.compile(r"\p{L}+")
_END = regex.compile(r"[.!?](?=[\s”\"’»]|$)")
_CLOSER = regex.compile(r"[”\"’'»\s,—–-]*")
_COMPLETE_BEFORE = regex.compile(rf"{HIDDEN}\s?[”\"»’']\s+(?=\p{{Lu}}|[“\"„«‘'])")
_COMPLETE = regex.compile(r"[.…]$")
_SPEAKER_COLON = regex.compile(r"^(?P<name>[\p{Lu}][^:.!?]{1,60}):\s*[\"“„«‘']?\s*$")
_ASKED_ABOUT = regex.compile(r"[,:]?\s*(?:that\s*)?[\"“„«‘']?\s*$")


class Attribution:
    """Reads one document, paragraph by paragraph."""

    def __init__(self, passages: Sequence[Passage], language: str) -> None:
        self._passages = passages
        self._language = language
        self._quotations = quoted_in(passages)
        self._outside = [
            _hidden(one, number, self._quotations) for number, one in enumerate(passages)
        ]
        shown = [
            text if passage.role in {Role.TEXT, Role.CAPTION, Role.BYLINE} else ""
            for passage, text in zip(passages, self._outside, strict=True)
        ]
        self._people = People(shown, language)
        self._shown = shown
        self._spoken: dict[int, _Tag] = {}
        """The last tag of each paragraph."""

    def read(self) -> list[Attributed]:
        """Return the quotations that have a speaker, in order."""
        tags: list[_Tag | None] = []
        for quoted in self._quotations:
            tag = self._own(quoted) or self._carried(quoted, tags)
            tags.append(tag)
            if tag:
                self._spoken[quoted.parts[-1].paragraph] = tag
        self._carry_back(tags)
        return [
            self._attributed(quoted, tag)
            for quoted, tag in zip(self._quotations, tags, strict=True)
            if tag
        ]

    def _attributed(self, quoted: Quoted, tag: _Tag) -> Attributed:
        sentences = sentences_of(self._passages[tag.paragraph].text)
        evidence = next((one for one in sentences if one.start <= tag.at < one.end), sentences[-1])
        return Attributed(
            quoted,
            quoted.text(self._passages),
            tag.speaker,
            tag.rule,
            tag.paragraph,
            evidence,
            tag.is_sure,
        )

    def _own(self, quoted: Quoted) -> _Tag | None:
        """Return what the words around a quotation, or within it, say of its speaker."""
        return self._behind(quoted) or self._before(quoted) or self._within(quoted)

    def _within(self, quoted: Quoted) -> _Tag | None:
        """Return what a quotation itself says between commas, as in “…, a-t-elle ajouté, …”."""
        for part in quoted.parts:
            text = part.span.of(self._passages[part.paragraph].text)
            said = interruption_within(text, self._language)
            if said:
                begin = part.span.start
                names = [
                    one for one in self._people.mentioned(said.of(text)) if one.kind is Kind.NAME
                ]
                mention = names[0] if names else _UNSAID
                return self._tag(mention, Rule.BEHIND, part.paragraph, begin, begin)
        return None

    def _behind(self, quoted: Quoted) -> _Tag | None:
        last = quoted.parts[-1]
        outside = self._outside[last.paragraph]
        text = self._passages[last.paragraph].text
        if _COMPLETE.search(last.span.of(text).rstrip()):
            return None
        closer = _CLOSER.match(outside, last.span.end)
        start = closer.end() if closer else last.span.end
        clause = outside[start : _end_of_clause(outside, start)]
        verb = _first_verb(clause, self._language)
        if verb is None or verb.start > SUBJECT:
            return None
        if not clause[: verb.start].strip():
            mention = self._first_behind(clause, verb.end)
            if mention is None and self._language in _WITHOUT_PRONOUN:
                mention = _UNSAID
        else:
            mention = self._subject(clause[: verb.start])
            if mention and clause[: mention.start].strip() and mention.kind is Kind.PRONOUN:
                return None
        at = start + verb.start
        return self._tag(mention, Rule.BEHIND, last.paragraph, start, at) if mention else None

    def _first_behind(self, clause: str, end: int) -> Mention | None:
        """Return who follows a verb at once: “said Smith, who …”."""
        mentions = self._people.mentioned(clause)
        return next((one for one in mentions if one.start >= end), None)

    def _before(self, quoted: Quoted) -> _Tag | None:
        first = quoted.parts[0]
        outside = self._shown[first.paragraph]
        begin = _begin_of_sentence(outside, first.span.start)
        clause = outside[begin : first.span.start]
        if name := _SPEAKER_COLON.match(clause):
            mentions = self._people.mentioned(name["name"])
            if mentions and _first_verb(clause, self._language) is None:
                return self._tag(mentions[-1], Rule.BEFORE, first.paragraph, begin, begin)
        verb = _last_verb(clause, self._language)
        if verb is None:
            return self._introduced(clause, first.paragraph, begin)
        mention = self._subject(clause[: verb.start])
        is_at_once = _ASKED_ABOUT.fullmatch(clause, verb.end) is not None
        rule = Rule.BEFORE if is_at_once else Rule.REPORTED
        if mention is None:
            return None
        return self._tag(mention, rule, first.paragraph, begin, begin + verb.start)

    def _introduced(self, clause: str, paragraph: int, begin: int) -> _Tag | None:
        """Return whom a sentence is about that ends with a colon: Ann Lee was blunt: “…”."""
        opened = _COLON.search(clause)
        mention = self._subject(clause[: opened.start()]) if opened else None
        if mention is None or mention.kind is Kind.PRONOUN:
            return None
        name = self._people.full(mention, paragraph)
        return _Tag(name, Rule.BEFORE, paragraph, begin, is_sure=False)

    def _subject(self, before_verb: str) -> Mention | None:
        """Return who does what the verb behind a text says."""
        text = before_verb.rstrip()
        if text.endswith(","):
            return self._before_apposition(text[:-1])
        mentions = [one for one in self._people.mentioned(text) if not one.is_object]
        return mentions[-1] if mentions else None

    def _before_apposition(self, text: str) -> Mention | None:
        """Return who stands before “, the mayor of …,”; without such, the last one mentioned."""
        mentions = [one for one in self._people.mentioned(text) if not one.is_object]
        at = text.rfind(",")
        while at > 0:
            for one in mentions:
                if one.end == at:
                    return one
            at = text.rfind(",", 0, at)
        return mentions[-1] if mentions else None

    def _tag(
        self, mention: Mention, rule: Rule, paragraph: int, begin: int, at: int
    ) -> _Tag | None:
        if mention.kind is not Kind.PRONOUN:
            is_sure = not self._people.is_ambiguous(mention)
            return _Tag(self._people.full(mention, paragraph), rule, paragraph, at, is_sure)
        person, is_sure = self._person(mention, paragraph, begin + mention.start)
        return _Tag(person, rule, paragraph, at, is_sure) if person else None

    def _person(self, pronoun: Mention, paragraph: int, at: int) -> tuple[str, bool]:
        """Return for whom a pronoun stands, empty where nobody was named, and whether that is sure.

        Whoever the paragraph names before it; else whoever spoke last, or was named first, in the
        paragraphs before.
        """
        is_one = pronoun.name.casefold() != "they"
        here = self._named(self._shown[paragraph][:at])
        if here:
            return self._people.full(here[0], paragraph), is_one
        if paragraph in self._spoken:
            return self._spoken[paragraph].speaker, is_one
        number = paragraph
        for back in range(1, FAR + 1):
            number = self._text_before(number)
            if number < 0:
                break
            if tag := self._spoken.get(number):
                return tag.speaker, is_one and tag.is_sure
            if named := self._named(self._shown[number]):
                return self._people.full(named[0], number), is_one and back == 1
        return "", False

    def _named(self, text: str) -> list[Mention]:
        """Return those whom the last sentence of a text with a name in it names.

        They are in order, but for those first who surely are people.
        """
        mentions = [
            one
            for one in self._people.mentioned(text)
            if one.kind is not Kind.PRONOUN and not one.is_object
        ]
        if not mentions:
            return []
        begin = _begin_of_sentence(text, mentions[-1].start)
        named = [one for one in mentions if one.start >= begin]
        return sorted(named, key=lambda one: not self._people.is_person(one, text))

    def _text_before(self, number: int) -> int:
        """Return the paragraph of text before one, -1 where there is none."""
        number -= 1
        while number >= 0 and self._passages[number].role is not Role.TEXT:
            number -= 1
        return number

    def _carried(self, quoted: Quoted, tags: Sequence[_Tag | None]) -> _Tag | None:
        """Return the tag of the quotation before, where this one goes on without its own."""
        first = quoted.parts[0]
        if not self._is_alone(quoted) and not self._goes_on(quoted, tags):
            return None
        if tag := self._spoken.get(first.paragraph):
            same = tags and tags[-1] is tag
            return (
                _Tag(tag.speaker, Rule.CARRIED, tag.paragraph, tag.at, tag.is_sure)
                if same
                else None
            )
        before = self._text_before(first.paragraph)
        tag = self._spoken.get(before)
        if tag is None or self._outside[first.paragraph].strip(HIDDEN + _MARKS):
            return None
        return _Tag(tag.speaker, Rule.FOLLOWED, tag.paragraph, tag.at, is_sure=False)

    def _goes_on(self, quoted: Quoted, tags: Sequence[_Tag | None]) -> bool:
        """Say whether a quotation goes on behind the tag of the last: “…,” she said, “…”."""
        last = tags[-1] if tags else None
        if last is None or last.rule is not Rule.BEHIND:
            return False
        before, here = self._quotations[len(tags) - 1].parts[-1], quoted.parts[0]
        if before.paragraph != here.paragraph:
            return False
        between = self._outside[here.paragraph][before.span.end : here.span.start]
        return before.span.end <= last.at < here.span.start and _GOES_ON.search(between) is not None

    def _is_alone(self, quoted: Quoted) -> bool:
        """Say whether a quotation begins a sentence of its own."""
        first = quoted.parts[0]
        outside = self._outside[first.paragraph]
        begin = _begin_of_sentence(outside, first.span.start)
        clause = outside[begin : first.span.start].strip(HIDDEN + _MARKS)
        return not clause

    def _carry_back(self, tags: list[_Tag | None]) -> None:
        """Give a quotation that opens a paragraph the speaker of the next one there."""
        for at in range(len(tags) - 2, -1, -1):
            ours, next_tag = self._quotations[at].parts[0], tags[at + 1]
            same = ours.paragraph == self._quotations[at + 1].parts[0].paragraph
            if tags[at] is None and next_tag and same and self._is_alone(self._quotations[at]):
                tags[at] = _Tag(
                    next_tag.speaker, Rule.CARRIED, next_tag.paragraph, next_tag.at, is_sure=False
                )


def attributed_in(passages: Sequence[Passage], language: str = "en") -> list[Attributed]:
    """Return the quotations of a document that have a speaker; ``passages`` are all that it has.

    In a transcript each turn is one. ``language`` is the document’s, by its ISO 639-1 code.
    """
    quoted = Attribution(passages, language).read()
    turns = turns_in(passages)
    if not turns:
        return quoted
    speakers = {part.paragraph: one.speaker for one in turns for part in one.quoted.parts}
    inside = [one for one in quoted if _is_of_another(one, speakers)]
    return sorted([*map(_of_turn(passages), turns), *inside], key=_place)


def _of_turn(passages: Sequence[Passage]) -> Callable[[Turn], Attributed]:
    def attributed(turn: Turn) -> Attributed:
        first = turn.quoted.parts[0]
        evidence = sentences_of(passages[first.paragraph].text)[0]
        text = turn.quoted.text(passages)
        number = first.paragraph
        return Attributed(turn.quoted, text, turn.speaker, Rule.TURN, number, evidence, True)

    return attributed


def _is_of_another(one: Attributed, speakers: Mapping[int, str]) -> bool:
    """Say whether a quotation in a turn is surely of somebody whom the speaker quotes."""
    speaker = speakers.get(one.paragraph)
    if speaker is None:
        return True
    is_tagged = one.rule in {Rule.BEHIND, Rule.BEFORE} and one.is_sure
    return is_tagged and not may_be_same(one.speaker, speaker)


def _place(one: Attributed) -> tuple[int, int]:
    first = one.quoted.parts[0]
    return first.paragraph, first.span.start


def _hidden(passage: Passage, number: int, quotations: Sequence[Quoted]) -> str:
    """Return a passage's text with what is quoted in it hidden, character for character."""
    text = passage.text
    for quoted in quotations:
        for part in quoted.parts:
            if part.paragraph == number:
                size = part.span.end - part.span.start
                text = text[: part.span.start] + HIDDEN * size + text[part.span.end :]
    return text


def _begin_of_sentence(outside: str, at: int) -> int:
    """Return where the sentence begins that goes on at a place, outside of quotations."""
    begin = 0
    for match in _END.finditer(outside, 0, at):
        if not _is_abbreviation(outside, match.start()):
            begin = match.end()
    return _behind_complete(outside, begin, at)


def _behind_complete(outside: str, begin: int, at: int) -> int:
    """Return where a sentence begins that follows a quotation which ends one itself."""
    for match in regex.finditer(
        rf"{HIDDEN}\s?[”\"»’']\s+(?=\p{{Lu}}|[“\"„«‘'])", outside[begin:at]
    ):
        begin_here = begin + match.end()
        if begin_here <= at:
            return max(begin, _behind_complete(outside, begin_here, at))
    return begin


_ABBREVIATED = regex.compile(
    r"(?:\b\p{Lu}|\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gov|Lt|Sgt|Jr|Sr|Prof|Rev))$"
)


def _is_abbreviation(text: str, at: int) -> bool:
    return text[at] == "." and _ABBREVIATED.search(text, max(0, at - 6), at) is not None


def _end_of_clause(outside: str, start: int) -> int:
    for match in _END.finditer(outside, start):
        if not _is_abbreviation(outside, match.start()):
            return match.start()
    return len(outside)


@dataclass(frozen=True, slots=True)
class _Verb:
    start: int
    end: int


def _verbs(clause: str, language: str) -> Iterator[_Verb]:
    verbs = words.speech_verbs(language) or words.speech_verbs()
    for match in _VERB.finditer(clause):
        if match[0] in verbs:
            before = _AUXILIARY.search(clause, 0, match.start()) if language != "en" else None
            yield _Verb(before.start() if before else match.start(), match.end())


def _first_verb(clause: str, language: str) -> _Verb | None:
    return next(_verbs(clause, language), None)


def _last_verb(clause: str, language: str) -> _Verb | None:
    return next(iter(reversed(list(_verbs(clause, language)))), None)
