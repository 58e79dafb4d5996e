"""What every life uses: people, history, notices, calendars, evidence, pages."""
