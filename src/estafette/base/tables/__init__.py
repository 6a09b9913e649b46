"""Tables that come from spreadsheets and go to them: CSV, workbooks and JSON Lines, of any length."""
