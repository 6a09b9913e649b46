"""How fast Estafette is, each figure beside a limit measured in the same run on the same machine (`make bench`).

A limit does the bare minimum of the same work: PostgreSQL without us, the WebSocket server without us. Limit and
product take turns, since a machine is never as fast as it was a minute ago; the ratios are what to look at.
"""
