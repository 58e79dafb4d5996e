"""All that is invented."""
