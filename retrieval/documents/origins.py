"""Origins: on how many independent documents an answer stands."""

from collections.abc import Iterable, Mapping, Sequence

from retrieval.model import Hit


def count_origins(hits: Iterable[Hit]) -> int:
    """Count the documents behind the hits; those that carry copies of one passage are one."""
    groups: list[set[int]] = []
    for hit in hits:
        group = {hit.document.id, *(copy.document.id for copy in hit.also)}
        joined = [other for other in groups if other & group]
        groups = [other for other in groups if not other & group]
        groups.append(group.union(*joined))
    return len(groups)


def count_independent(carried: Iterable[tuple[int, str]], near: Mapping[str, Sequence[str]]) -> int:
    """Count the documents that carry something; those with copies of one passage are one.

    ``carried`` are documents with the fingerprints of passages that carry it, ``near`` for each
    fingerprint those of the passages that say nearly the same.
    """
    groups: list[tuple[set[int], set[str]]] = []
    for document, fingerprint in carried:
        documents, fingerprints = {document}, {fingerprint, *near.get(fingerprint, ())}
        rest = []
        for its_documents, its_fingerprints in groups:
            if its_documents & documents or fingerprint in its_fingerprints:
                documents |= its_documents
                fingerprints |= its_fingerprints
            else:
                rest.append((its_documents, its_fingerprints))
        groups = [*rest, (documents, fingerprints)]
    return len(groups)
