"""The register of clients over HTTP."""

from typing import Final

from estafette.clients.api import attributes, clients, exports, imports, segments

ENDPOINTS: Final = [
    clients.list_clients,
    clients.add_client,
    clients.get_client,
    clients.change_client,
    clients.erase_client,
    clients.note_consent,
    clients.link_account,
    clients.unlink_account,
    attributes.list_attributes,
    attributes.add_attribute,
    attributes.change_attribute,
    attributes.remove_attribute,
    segments.list_segments,
    segments.add_segment,
    segments.count_filter,
    segments.get_segment,
    segments.change_segment,
    segments.delete_segment,
    imports.upload_file,
    imports.list_imports,
    imports.get_import,
    imports.preview_import,
    imports.start_import,
    imports.cancel_import,
    imports.rejected_lines,
    exports.export_csv,
    exports.export_workbook,
]
