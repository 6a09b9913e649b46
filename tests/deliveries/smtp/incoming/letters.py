"""Letters that come back, as mail servers and people write them."""

from textwrap import dedent

OURS = "0b2f7f6e-2f51-5d0e-9d2b-7a3de1b8c4f0@example.com"


def notification(action: str = "failed", status: str = "5.1.1", diagnostic: str = "", *, returned: str = "") -> bytes:
    """A report as Postfix writes it, about a letter of ours."""
    inner = returned or f"Message-ID: <{OURS}>\nFrom: talk@example.com\nTo: ann@example.org\nSubject: Hello\n\nHello\n"
    told = diagnostic or "smtp; 550 5.1.1 <ann@example.org>: Recipient address rejected: User unknown"
    head = dedent(
        f"""\
        Return-Path: <>
        Date: Mon, 30 Nov 2026 10:00:00 +0000 (UTC)
        From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        To: bounces@example.com
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="B/1"
        Message-Id: <20261130100000.AA11@mx.example.com>

        This is a MIME-encapsulated message.

        --B/1
        Content-Description: Notification
        Content-Type: text/plain; charset=utf-8

        This is the mail system at host mx.example.com.

        --B/1
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.com
        X-Postfix-Queue-ID: AA11
        Arrival-Date: Mon, 30 Nov 2026 09:59:58 +0000 (UTC)

        Final-Recipient: rfc822; ann@example.org
        Original-Recipient: rfc822;ann@example.org
        Action: {action}
        Status: {status}
        Remote-MTA: dns; mx.example.org
        Diagnostic-Code: {told}

        --B/1
        Content-Description: Undelivered Message
        Content-Type: message/rfc822

        """
    )
    return (head + inner + "\n--B/1--\n").replace("\n", "\r\n").encode()


def complaint(kind: str = "abuse") -> bytes:
    """A complaint as large providers send it."""
    letter = dedent(
        f"""\
        From: <feedback@example.net>
        Date: Mon, 30 Nov 2026 10:00:00 +0000
        Subject: FW: Hello
        To: <abuse@example.com>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="part"

        --part
        Content-Type: text/plain; charset="US-ASCII"

        This is an email abuse report.

        --part
        Content-Type: message/feedback-report

        Feedback-Type: {kind}
        User-Agent: SomeGenerator/1.0
        Version: 1

        --part
        Content-Type: message/rfc822

        From: talk@example.com
        Message-ID: <{OURS}>
        Subject: Hello

        Hello
        --part--
        """
    )
    return letter.replace("\n", "\r\n").encode()


def answer(text: str = "Yes, please.", *, fields: str = "", kind: str = "text/plain; charset=utf-8") -> bytes:
    """What somebody answers to a letter of ours."""
    head = (
        "From: =?utf-8?q?Ann_B=C3=A9nard?= <ann@example.org>\n"
        "To: Talk <talk@example.com>\n"
        "Subject: =?utf-8?b?UmU6IFByb2pldCDDoSB2b2ly?=\n"
        f"Message-ID: <abc@example.org>\nIn-Reply-To: <{OURS}>\nReferences: <first@x> <{OURS}>\n"
        f"MIME-Version: 1.0\nContent-Type: {kind}\nContent-Transfer-Encoding: 8bit\n{fields}\n"
    )
    return (head + text).replace("\n", "\r\n").encode()
