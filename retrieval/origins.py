"""Origins: on how many independent documents an answer stands."""

from collections.abc import Iterable

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
