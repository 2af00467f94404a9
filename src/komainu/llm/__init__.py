"""The real model for those who prepare lessons: made into recordings, checked on a computer, cut up for the site."""
