"""Origins: documents that carry copies of one passage count once."""

from retrieval import Library
from retrieval.documents.origins import count_origins

QUESTION = "mayor chief"


async def origins(library: Library, *documents: bytes) -> int:
    for number, content in enumerate(documents):
        await library.add(content, f"{number}.txt")
    return count_origins(await library.search(QUESTION))


def test_no_hits_have_no_origin() -> None:
    assert count_origins([]) == 0


async def test_passages_of_one_document_have_one_origin(library: Library) -> None:
    assert await origins(library, b"The mayor came.\nThe chief left.") == 1


async def test_documents_that_say_it_in_their_own_words_are_independent(library: Library) -> None:
    assert await origins(library, b"The mayor came.", b"The chief left.", b"Mayor and chief.") == 3


async def test_copies_of_one_passage_have_one_origin(library: Library) -> None:
    assert await origins(library, b"The mayor came.", b"The mayor came!", b"THE MAYOR CAME.") == 1


async def test_documents_that_are_joined_by_copies_have_one_origin(library: Library) -> None:
    assert (
        await origins(
            library,
            b"The mayor came.\nSomething else.",
            b"The mayor came.\nThe chief left.",
            b"The chief left.\nAnother thing.",
            b"A mayor spoke.",
        )
        == 2
    )
