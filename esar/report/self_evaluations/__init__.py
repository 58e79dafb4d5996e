"""Bodies that evaluate themselves: their papers are asked for, received, checked and passed on."""
