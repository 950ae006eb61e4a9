"""The mutation check: does the harness notice when the product is broken?"""
