"""`newsmt explain`: what a check or metric is and why."""

import click


@click.command()
@click.argument("code", required=False)
def command(*, code: str | None) -> None:
    """Say all about a check or metric, by CODE or name; without one, list them."""
    from toolkit.checks import CHECKS  # noqa: PLC0415
    from toolkit.metrics import METRICS  # noqa: PLC0415

    if code is not None:
        click.echo(_explanation(code))
        return
    checks = sorted(CHECKS.values(), key=lambda check: check.code)
    rows = [(f"{each.code} {each.name}", each.summary) for each in checks]
    rows += [(each.name, each.summary) for each in METRICS.values()]
    width = max(len(name) for name, _ in rows)
    for name, summary in rows:
        click.echo(f"{name:<{width}}  {summary}")


def _explanation(code: str) -> str:
    from toolkit.checks import CHECKS, find_check  # noqa: PLC0415
    from toolkit.errors import UnknownNameError  # noqa: PLC0415
    from toolkit.metrics import METRICS  # noqa: PLC0415

    if code in METRICS:
        metric = METRICS[code]
        head = f"{metric.name}: {metric.direction} is better, {metric.top:g} at the top"
        return f"{head}\n\n{metric.explanation}"
    try:
        check = find_check(code)
    except UnknownNameError:
        known = [*CHECKS, *METRICS]
        raise UnknownNameError("check or metric", code, known) from None
    head = f"{check.code} {check.name}: {check.severity}, {check.category}"
    return f"{head}\n\n{check.explanation}"
