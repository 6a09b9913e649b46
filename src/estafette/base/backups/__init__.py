"""What a backup is made of: parts, a manifest, rows of tables. It knows no product words."""

from estafette.base.backups.errors import BackupDamaged, BackupRefused, WrongPassphrase
from estafette.base.backups.manifest import FORMAT, Manifest, Table, is_encrypted, read_manifest, write_manifest
from estafette.base.backups.parts import Part, PartWriter, check_part, read_part, write_part

__all__ = [
    "FORMAT",
    "BackupDamaged",
    "BackupRefused",
    "Manifest",
    "Part",
    "PartWriter",
    "Table",
    "WrongPassphrase",
    "check_part",
    "is_encrypted",
    "read_manifest",
    "read_part",
    "write_manifest",
    "write_part",
]
