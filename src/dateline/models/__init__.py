"""Models as data: small weight files, how they are read, and how they score."""
