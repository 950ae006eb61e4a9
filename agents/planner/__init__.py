"""From a message to a plan: the embedded planner, and the language model's."""
