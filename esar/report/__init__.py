"""What is told during and after the year."""
