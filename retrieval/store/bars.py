"""The bars for “found”: for each space, how high it stands, and on how much it was set."""

from dataclasses import dataclass

from retrieval.store.database import Database


@dataclass(frozen=True, slots=True)
class Bar:
    """Where “found” begins on a coverage."""

    height: float = 0.0
    """In log odds, to be taken off those of a match."""
    passages: int = 0
    """What the coverage held when the bar was set; 0 where it never was."""


NO_BAR = Bar()


class Bars:
    """The bars of all spaces."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str | None, Bar] = {}

    async def of(self, space: str | None) -> Bar:
        """Return the bar of a space; one that was not set is that of no particular coverage.

        It is read once: another process that sets it sets much the same.
        """
        if space not in self._known:
            row = await self._database.one(
                "SELECT height, passages FROM bars WHERE space = coalesce(?, '')", (space,)
            )
            self._known[space] = Bar(row["height"], row["passages"]) if row else NO_BAR
        return self._known[space]

    async def keep(self, space: str | None, bar: Bar) -> None:
        """Keep the bar of a space in the place of an older one."""
        async with self._database.transaction() as transaction:
            await transaction.run(
                "INSERT INTO bars (space, height, passages) VALUES (coalesce(?, ''), ?, ?)"
                " ON CONFLICT (space) DO UPDATE SET"
                " height = excluded.height, passages = excluded.passages",
                (space, bar.height, bar.passages),
            )
        self._known[space] = bar
