"""The address of a plan on our own site: month and situations, and nothing that names a person."""

from __future__ import annotations

from urllib.parse import urlencode

from bot.planner.plan import PlanRequest

PAGE = "/plan"
CALENDAR = "/plan.ics"


def plan_address(request: PlanRequest, path: str = PAGE) -> str:
    """`/plan?geboren=2009-03&situatie=pleegzorg,jeugd_ggz`, with the gemeente and audience that were known."""
    query = {
        "geboren": request.born.code(),
        "situatie": ",".join(request.situations),
        "gemeente": request.gemeente,
        "publiek": request.audience,
    }
    return f"{path}?{urlencode({key: value for key, value in query.items() if value}, safe=',')}"
