"""Why a backup cannot be made, or cannot be restored; the text of each is one sentence for the operator."""


class BackupRefused(Exception):
    """Nothing was done, or what was done is marked as unfinished."""


class BackupDamaged(BackupRefused):
    """The backup is not what was once written."""


class WrongPassphrase(BackupRefused):
    """The backup is encrypted with another passphrase."""
