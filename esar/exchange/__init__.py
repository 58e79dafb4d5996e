"""Files in and out, looked at before they are read; packages; the command. Pure."""
