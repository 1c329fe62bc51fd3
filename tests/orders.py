"""How much hypothesis makes up where things are done in any order.

``NEWSDESK_ORDERS=2000`` tries more orders than run by default, ``NEWSDESK_STEPS`` longer ones.
"""

import os

from hypothesis import HealthCheck, Phase, settings


def orders(by_default: int) -> settings:
    """Return the settings of a state machine, of which so many orders run by default."""
    return settings(
        max_examples=int(os.environ.get("NEWSDESK_ORDERS", by_default)),
        stateful_step_count=int(os.environ.get("NEWSDESK_STEPS", "25")),
        report_multiple_bugs=False,
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
