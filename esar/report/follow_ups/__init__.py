"""What an agenda's lead tells each quarter: where each stage stands, what is in the way."""
