"""What a file that was sent to us really is. Pure: knows no framework."""
