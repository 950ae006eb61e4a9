"""The Artist's model: what to ask Stable Diffusion for, and the engine that paints it."""
