"""The rules by which a document's quotations get their speakers, one after the other."""

from collections.abc import Callable, Mapping, Sequence

from retrieval.analysis.sentences import sentences_of
from retrieval.model import Passage
from retrieval.quotes.attribution.attributed import Attributed, Rule, Tag
from retrieval.quotes.attribution.carrying import Carrying
from retrieval.quotes.attribution.names import may_be_same
from retrieval.quotes.attribution.narration import Narration
from retrieval.quotes.attribution.people import Kind, People
from retrieval.quotes.attribution.pronouns import Pronouns
from retrieval.quotes.attribution.spans import Quoted, quoted_in
from retrieval.quotes.attribution.tagging import Tagging, Told
from retrieval.quotes.attribution.turns import Turn, turns_in


def attributed_in(passages: Sequence[Passage], language: str = "en") -> list[Attributed]:
    """Return the quotations of a document that have a speaker; ``passages`` are all that it has.

    In a transcript each turn is one. ``language`` is the document’s, by its ISO 639-1 code.
    """
    quoted = _Attribution(passages, language).read()
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


class _Attribution:
    """Reads one document, paragraph by paragraph."""

    def __init__(self, passages: Sequence[Passage], language: str) -> None:
        self._passages = passages
        self._quotations = quoted_in(passages)
        self._narration = Narration(passages, self._quotations)
        self._people = People(self._narration.texts, language)
        self._offices = self._people.offices()
        self._tagging = Tagging(passages, self._narration, self._people, language)
        self._pronouns = Pronouns(self._narration, self._people)
        self._carrying = Carrying(self._quotations, self._narration)
        self._spoken: dict[int, Tag] = {}
        """The last tag of each paragraph."""

    def read(self) -> list[Attributed]:
        """Return the quotations that have a speaker, in order."""
        tags: list[Tag | None] = []
        for quoted in self._quotations:
            tag = self._told(quoted) or self._carrying.carried(tags, self._spoken)
            tags.append(tag)
            if tag:
                self._spoken[quoted.parts[-1].paragraph] = tag
        self._carrying.carry_back(tags)
        return [
            self._attributed(quoted, tag)
            for quoted, tag in zip(self._quotations, tags, strict=True)
            if tag
        ]

    def _told(self, quoted: Quoted) -> Tag | None:
        """Return the first tag of a quotation that is somebody's."""
        return next(filter(None, map(self._tag, self._tagging.told(quoted))), None)

    def _tag(self, told: Told) -> Tag | None:
        """Return the tag of whoever is mentioned, None where a pronoun stands for nobody."""
        mention, paragraph = told.mention, told.paragraph
        if mention.kind is Kind.PRONOUN:
            at = told.begin + mention.start
            person, is_sure = self._pronouns.person(mention, paragraph, at, self._spoken)
        else:
            person = self._people.full(mention, paragraph)
            is_sure = told.by_verb and not self._people.is_ambiguous(mention)
        return Tag(person, told.rule, paragraph, told.at, is_sure) if person else None

    def _attributed(self, quoted: Quoted, tag: Tag) -> Attributed:
        return Attributed(
            quoted,
            quoted.text(self._passages),
            tag.speaker,
            tag.rule,
            tag.paragraph,
            self._narration.sentence(tag.paragraph, tag.at),
            tag.is_sure,
            frozenset(self._offices.get(tag.speaker, ())),
        )
