"""What the words of a candidate stand for: days, places on earth, coded actors, sources."""
