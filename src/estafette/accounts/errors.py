"""What can go wrong in accounts."""

from estafette.base.errors import Conflict, Forbidden, Unauthenticated


class WrongCredentials(Unauthenticated):
    """This e-mail address and password do not belong together."""

    code = "wrong_credentials"


class SessionNeeded(Forbidden):
    """A token may not do this. Sign in for it."""

    code = "session_needed"


class SetupDone(Conflict):
    """There is an administrator already."""

    code = "setup_done"


class LastOwner(Conflict):
    """A partner keeps at least one owner."""

    code = "last_owner"


class InvitationForAnotherAddress(Conflict):
    """This invitation is for {email}."""

    code = "invitation_for_another_address"


class LinkForAnotherAccount(Conflict):
    """This link was mailed for another account."""

    code = "link_for_another_account"


class LastAdministrator(Conflict):
    """At least one administrator stays."""

    code = "last_administrator"


class DefaultProfileStays(Conflict):
    """The default contact profile cannot be deleted."""

    code = "default_profile_stays"


class NotAServiceAccount(Conflict):
    """Tokens are made for service accounts only; people make their own."""

    code = "not_a_service_account"
