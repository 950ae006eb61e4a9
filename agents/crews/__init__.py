"""Crews: several language-model agents on one piece of work. The only place that imports CrewAI, in a process of its own."""
