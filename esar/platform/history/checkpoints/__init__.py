"""The log as it was signed: made, read, and compared with the log as it is."""
