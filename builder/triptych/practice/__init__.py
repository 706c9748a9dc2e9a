"""What a learner did on the site, as a package for Anki."""
