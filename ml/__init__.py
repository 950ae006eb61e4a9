"""The recommender's whole life: data, features, training, evaluation, release, registry and scoring."""
