"""What handlers ask for is supplied without a task per request, however Litestar is built inside."""

from typing import Any

from tests.http import House


async def test_no_handler_waits_for_litestars_own_way(house: House) -> None:
    models: list[Any] = [
        model
        for route in house.app._app.routes
        if hasattr(route, "route_handler_map")
        for _, model in route.route_handler_map.values()
    ]
    assert len(models) > 50
    assert [model.dependency_batches for model in models if model.dependency_batches] == []
