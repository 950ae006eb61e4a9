"""The Coach's answers without a language model: sentences of the manuals, chosen, ordered and cited."""
