"""What a year will end with, from its own past and its progress. Pure."""
