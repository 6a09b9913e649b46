"""What schemathesis makes up for each operation of the document.

It takes seconds to import and to work out what it will send: it is imported where that is about to be sent, and not by
every worker that collects the tests. Its own collector gives all operations one id with the pytest that we have, and
several workers run only one of the tests with the same id.
"""

from collections.abc import Callable
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from requests import Session
from schemathesis.checks import load_all_checks
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

    def sent(case: Any) -> None:
        case.call_and_validate(base_url=address, headers=headers, session=session, excluded_checks=LEFT_OUT)

    found: Any = get_all_tests(schema=schema, test_func=sent, settings=FEW, given_kwargs=None)
    return {operation.label: test for operation, test in (each.ok() for each in found)}


def stranger() -> Session:
    """One connection for all, which takes no cookies and asks the machine neither for proxies nor for passwords.

    A connection and a look at the whole environment for each request took as long as all that the server does.
    """
    session = Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session
