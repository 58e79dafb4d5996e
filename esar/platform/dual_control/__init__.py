"""Acts of two administrators: one asks, another approves; neither can do it alone."""
