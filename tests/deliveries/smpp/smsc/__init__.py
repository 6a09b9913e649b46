"""A gateway that can be told to misbehave: python -m tests.deliveries.smpp.smsc PORT LOGFILE [options]

Every message that it accepts is a JSON line in LOGFILE, on the disk before it is answered:
{"id", "source", "destination", "esm_class", "data_coding", "parts", "part", "text"}. It owes a receipt for each until
the other side has acknowledged one, across links. It knows nothing of our client's code. It prints "ready" when it
listens.
"""
