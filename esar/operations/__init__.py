"""What runs and checks the site."""
