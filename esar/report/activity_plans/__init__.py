"""Plans of activities (indicator 4.2, fiscal year 2561): written, checked, sent in, changed."""
