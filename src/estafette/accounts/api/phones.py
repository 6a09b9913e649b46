"""How a phone number is understood, for forms that show it before anything is stored."""

from estafette.accounts.actions import phones
from estafette.accounts.models.phones import TypedPhone, UnderstoodPhone
from estafette.base.database import Database
from estafette.base.languages import Language
from estafette.http import post


@post(
    "/phone-numbers/lookups",
    status=200,
    tags=["You"],
    summary="How a phone number is understood",
    operation_id="lookUpPhoneNumber",
)
async def look_up_phone_number(database: Database, language: Language, data: TypedPhone) -> UnderstoodPhone:
    """With + and country code it is that number; without, one of the country of the caller or of the partner.

    Nothing is stored, and whether the number is in use is not asked.
    """
    return await phones.understand(database, data, language)
