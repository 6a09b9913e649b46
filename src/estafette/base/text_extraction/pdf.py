"""The text of PDF documents, page by page."""

from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, LimitReachedError, WrongPasswordError

from estafette.base.text_extraction.refusals import NoText


def pdf_texts(content: bytes) -> Iterator[str]:
    """The text of each page; raises NoText for what is encrypted, broken or unfolds too far."""
    try:
        reader = PdfReader(BytesIO(content))
        # Many are encrypted so that nobody changes them, and open without a password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise NoText("encrypted")
        for page in reader.pages:
            yield page.extract_text() + "\n"
    except (FileNotDecryptedError, WrongPasswordError) as error:
        raise NoText("encrypted") from error
    except LimitReachedError as error:
        raise NoText("too_costly") from error
    except (NoText, MemoryError, GeneratorExit):
        raise
    except Exception as error:  # A broken document can raise anything from inside its reader.
        raise NoText("broken") from error
