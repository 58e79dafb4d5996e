"""What is judged, and what follows from it."""
