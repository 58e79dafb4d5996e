"""What the public reads, and what each person has to do."""
