"""uvicorn's HTTP connection with the limits that it lacks: the size of a head, and the time for a head and a body.

Without them one connection with 100 MB of small headers takes a gigabyte before anybody is asked to sign in, and
connections that say nothing, or a byte now and then, are kept for ever. A proxy in front has such limits of its own;
nothing here counts on one. Apache's mod_reqtimeout and nginx's client_header_timeout do the same.
"""

from estafette.web.bounded_http.protocol import BoundedHttp

__all__ = ["BoundedHttp"]
