"""People with roles in bulk: a list taken in, and who has answered."""
