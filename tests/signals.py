"""Tests end what they start as a terminal does, wherever they run."""

import signal

_USUAL = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1)


def heed_signals() -> None:
    """Gives this process, and by that all that it starts, the usual answer to each signal that it was told to ignore.

    What is ignored is inherited, over `exec` too: a shell's background job and some CI runners ignore Ctrl-C, and
    `estafette up` would go on for ever after it, as it should for whoever asked for that with nohup.
    """
    for number in _USUAL:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number is signal.SIGINT else signal.SIG_DFL)
