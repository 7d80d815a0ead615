"""Bytes to Documents: readers, encodings, page furniture, publication date and language. The door is `readers`."""
