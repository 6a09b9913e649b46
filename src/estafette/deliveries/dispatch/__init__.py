"""The worker's part: holds links to gateways, carries what waits to them, and notes how it ended."""

from estafette.deliveries.dispatch.broadcasting import broadcast_tally
from estafette.deliveries.dispatch.fetching_templates import run_whatsapp_templates
from estafette.deliveries.dispatch.running import run_dispatch

__all__ = ["broadcast_tally", "run_dispatch", "run_whatsapp_templates"]
