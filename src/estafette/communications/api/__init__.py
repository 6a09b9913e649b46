"""Communications over HTTP."""

from typing import Final

from estafette.communications.api import answers, communications, lists, preferences, previews, reports, running

ENDPOINTS: Final = [
    communications.list_communications,
    communications.create_communication,
    communications.get_communication,
    communications.change_communication,
    communications.schedule_draft,
    communications.copy_communication,
    running.pause,
    running.resume,
    running.cancel,
    running.delete_communication,
    lists.list_client_lists,
    lists.upload_client_list,
    lists.delete_client_list,
    reports.list_recipients,
    reports.get_recipient,
    reports.list_failures,
    reports.get_timeline,
    reports.export_recipients,
    reports.resend,
    reports.list_received,
    answers.list_answers,
    answers.read_answer,
    answers.list_client_answers,
    answers.read_client_answers,
    answers.list_communication_answers,
    answers.count_responses,
    answers.get_answer_settings,
    answers.change_answer_settings,
    previews.preview,
    previews.send_test,
    previews.estimate,
    previews.get_settings,
    previews.put_settings,
]

PAGES: Final = [preferences.show_preferences, preferences.change_preferences]
"""What strangers open in a browser; their paths are whole."""
