"""Document -> tokens, sentences, entities, chains of mentions, quotations."""
