"""Train the Artist's own Stable Diffusion from scratch on pictures that ``ml.artist.render`` draws.

In this order: render (``pictures``), tokenizer (``tokens``), autoencoder, text encoder with UNet (``denoiser``), judge
(``judge``). ``recipe`` runs them; ``python -m ml.artist.train --out FOLDER --preset gpu|cpu|tiny`` is the way in.
"""
