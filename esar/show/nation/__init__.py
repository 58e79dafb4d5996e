"""The tables of the nation's indicators: counted from what is in force, held against print."""
