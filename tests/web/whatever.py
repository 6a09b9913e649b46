"""What schemathesis makes up for each operation of the document.

It takes seconds to import and to work out what it will send: it is imported where that is about to be sent, and not by
every worker that collects the tests. Its own collector gives all operations one id with the pytest that we have, and
several workers run only one of the tests with the same id.
"""

from collections import Counter
from collections.abc import Callable
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Final

import schemathesis
from hypothesis import HealthCheck, settings
from requests import Session
from schemathesis.checks import load_all_checks
from schemathesis.generation.meta import CoverageScenario
from schemathesis.pytest.lazy import get_all_tests
from schemathesis.specs.openapi import checks

# What is not said of an operation, or would end the session that asks.
LEFT_OUT: list[Any] = [
    checks.ignored_auth,
    checks.positive_data_acceptance,
    checks.use_after_free,
    checks.ensure_resource_availability,
]
SLOW: Any = list(HealthCheck)
# Beside the bounds of every field, which schemathesis works through one by one, a few requests by chance, the same ones
# in every run.
FEW = settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=SLOW)


def requests(document: dict[str, Any], address: str, token: str) -> dict[str, Callable[[], None]]:
    """For each operation (`GET /healthz`) what sends everything and looks whether the answers keep to the document."""
    load_all_checks()
    schema: Any = schemathesis.openapi.from_dict(document)
    headers, session = {"Authorization": f"Bearer {token}"}, stranger()

    repeated = Repeated()

    def sent(case: Any) -> None:
        if not repeated.enough_of(case):
            case.call_and_validate(base_url=address, headers=headers, session=session, excluded_checks=LEFT_OUT)

    found: Any = get_all_tests(schema=schema, test_func=sent, settings=FEW, given_kwargs=None)
    return {operation.label: test for operation, test in (each.ok() for each in found)}


class Repeated:
    """Counts what differs in nothing that we read differently.

    Of the 13,000 requests nearly half sent every other type to each field, and every other method to each operation:
    one reader refuses them all.
    """

    MOST: Final = {CoverageScenario.INCORRECT_TYPE: 2, CoverageScenario.UNSPECIFIED_HTTP_METHOD: 1}

    def __init__(self) -> None:
        self._counts = Counter[tuple[object, ...]]()

    def enough_of(self, case: Any) -> bool:
        """Whether as many of its kind were sent as are of use."""
        told = case.meta.phase.data
        scenario: Any = getattr(told, "scenario", None)
        if scenario not in self.MOST:
            return False
        of_path = scenario is CoverageScenario.UNSPECIFIED_HTTP_METHOD
        asked = case.operation.path if of_path else case.operation.label
        field = () if of_path else (told.parameter_location, told.parameter, told.location)
        self._counts[scenario, asked, *field] += 1
        return self._counts[scenario, asked, *field] > self.MOST[scenario]


def stranger() -> Session:
    """One connection for all, which takes no cookies and asks the machine neither for proxies nor for passwords.

    A connection and a look at the whole environment for each request took as long as all that the server does.
    """
    session = Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session
