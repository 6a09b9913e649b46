"""The only wiring: it opens what there is, hands functions upwards, and starts web and worker processes.

A command imports the module of what it does, and with it no more than that needs.
"""
