"""Files people send and files they get: scorecards in, templates and results out. Pure."""
