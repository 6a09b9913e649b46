"""The page of a client's preferences, as links of messages open it: without an account, a cookie or a script.

Opening it changes nothing, since programs open links, too; a mail program that unsubscribes posts to it (RFC 8058).
"""

from estafette.communications.api.preferences.endpoints import change_preferences, show_preferences

__all__ = ["change_preferences", "show_preferences"]
