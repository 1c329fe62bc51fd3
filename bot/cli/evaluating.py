"""``newsdesk eval``: how well the coverage answers questions whose answers somebody knows."""

from pathlib import Path

import click

from bot.app import App
from bot.cli.options import EXISTING_FILE, common, with_json
from bot.evaluating import DEPTH, Outcome, figure_lines, figures, judged_in
from bot.terminal import Failure, printer_for, run


@click.command("eval")
@click.argument("path", metavar="FILE", type=EXISTING_FILE)
@with_json
@common
def evaluate(
    context: click.Context, path: Path, space: str | None, db: Path | None, *, as_json: bool
) -> None:
    """Say how well the judged questions of FILE are answered.

    One a line: {"question": "…", "answers": [["FILE", PARAGRAPH]]}; no answers where the coverage
    does not say.
    """
    printer = printer_for(as_json=as_json)

    async def work(app: App) -> None:
        outcomes = []
        for judged in judged_in(path):
            outcome = Outcome(judged, await app.library.find(judged.question, DEPTH, space))
            outcomes.append(outcome)
            if as_json:
                printer.show_object(_object(outcome))
        if not outcomes:
            raise Failure(f"{path} holds no judged question.")
        if as_json:
            printer.show_object({"questions": len(outcomes), **figures(outcomes)})
            return
        click.echo(f"{'questions':28}{len(outcomes):8,}")
        for figure in figure_lines(outcomes):
            click.echo(figure)

    run(context, db, work, make=False)


def _object(outcome: Outcome) -> dict[str, object]:
    findings, rank = outcome.findings, outcome.rank
    return {
        "question": findings.question,
        "rank": rank if rank <= DEPTH else None,
        "verdict": findings.verdict,
        "confidence": findings.confidence,
    }
