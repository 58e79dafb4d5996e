"""Two to four bodies of one kind beside each other, at an address to share."""
