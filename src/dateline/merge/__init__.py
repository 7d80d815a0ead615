"""Candidates with what was resolved for them -> events, one for each thing that happened."""
