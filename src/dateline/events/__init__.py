"""Sentences and mentions -> event candidates: triggers, types, arguments, modality, magnitude, confidence."""
