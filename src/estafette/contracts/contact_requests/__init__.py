"""Document D1: contact requests under `/v1/contact-requests`."""
